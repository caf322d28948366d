import { Button } from '@mantine/core';
import type { Profile } from '../../../shared/desktop-api';
import { LinkBox } from '../ui/LinkBox';
import { Qr } from '../ui/Qr';
import { useText } from '../ui/text';
import classes from './HostReady.module.css';
import { StepActions, StepBlock, StepPage } from './StepPage';

export interface RunningHost {
  profile: Profile;
  customerUrl: string;
  /** `host:port`; null where other machines don't reach it. */
  lanAddress: string | null;
}

/** The addresses of the hub that has been set up, and who reaches them. */
export function HostReady({ profile, customerUrl, lanAddress, onEnter }: RunningHost & { onEnter: () => void }) {
  const t = useText();
  const forAll = !isOfThisMachine(customerUrl);
  return (
    <StepPage title={t('host.ready')} lead={t('host.readyHelp')}>
      <StepBlock title={t('host.agentsJoin')} help={t('host.agentsJoinHelp')}>
        <LinkBox label={t('office.hubAddress')} value={lanAddress ?? profile.agentUrl} />
      </StepBlock>
      <StepBlock
        title={t('host.customersWrite')}
        help={t(forAll ? 'host.customersWriteHelp' : 'host.customersWriteHereHelp')}
      >
        <div className={classes.link}>
          {forAll ? <Qr value={customerUrl} label={t('host.customersQr')} sizePx={104} /> : null}
          <LinkBox label={t('office.customerLink')} value={customerUrl} />
        </div>
      </StepBlock>
      <StepActions>
        <Button onClick={onEnter}>{t('finish.go')}</Button>
      </StepActions>
    </StepPage>
  );
}

/** A phone that reads it as a QR code would look for the page on itself. */
function isOfThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
