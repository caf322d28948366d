import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../lifecycle/app-context';
import type { NewHub } from '../lifecycle/app-store';
import { useIsUp } from '../session/session-context';
import { AgentDialogs } from '../settings/team/AgentDialogs';
import type { AgentEditing } from '../settings/team/agent-editing';
import { LinkBox } from '../ui/LinkBox';
import { Qr } from '../ui/Qr';
import { useText } from '../ui/text';
import classes from './HostReady.module.css';
import { StepActions, StepBlock, StepPage } from './StepPage';

/** The addresses of the hub that has been set up, who reaches them, and the first invitation. */
export function HostReady({ customerUrl, lanAddress }: NewHub) {
  const t = useText();
  const app = useApp();
  const forAll = !isOfThisMachine(customerUrl);
  return (
    <StepPage title={t('host.ready')} lead={t('host.readyHelp')}>
      {lanAddress === null ? (
        <StepBlock title={t('host.agentsJoin')} help={t('host.agentsJoinLaterHelp')} />
      ) : (
        <StepBlock title={t('host.agentsJoin')} help={t('host.agentsJoinHelp')}>
          <Invite />
          <LinkBox label={t('office.hubAddress')} value={lanAddress} />
        </StepBlock>
      )}
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
        <Button onClick={app.goToWork}>{t('finish.go')}</Button>
      </StepActions>
    </StepPage>
  );
}

/** Adds a colleague, and then shows their invitation. */
function Invite() {
  const t = useText();
  const isUp = useIsUp();
  const [editing, setEditing] = useState<AgentEditing | null>(null);
  return (
    <>
      <Button
        className={classes.invite}
        variant="default"
        size="xs"
        disabled={!isUp}
        onClick={() => setEditing({ kind: 'add' })}
      >
        {t('host.invite')}
      </Button>
      <AgentDialogs editing={editing} onEdit={setEditing} />
    </>
  );
}

/** A phone that reads it as a QR code would look for the page on itself. */
function isOfThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
