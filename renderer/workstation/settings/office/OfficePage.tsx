import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { nameMax } from '../../../../shared/protocol/limits';
import { useApp } from '../../app/app-context';
import { useServices } from '../../app/services';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { CopyButton } from '../../ui/CopyButton';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';
import { Backup } from './Backup';
import { CustomersPlace } from './CustomersPlace';
import { HubKey } from './HubKey';
import { OtherMachines } from './OtherMachines';
import { Retention } from './Retention';

export function OfficePage() {
  const t = useText();
  const { openLink, desktop } = useServices();
  const office = useOffice((state) => state.office?.name ?? '');
  const customerUrl = useOffice((state) => state.customerUrl);
  const phase = useApp().store.getState();
  const profile = phase.phase === 'work' ? phase.profile : null;
  const address = profile?.agentUrl.replace(/#.*$/, '') ?? '';
  return (
    <div className={classes.content}>
      <div className={classes.titleRow}>
        <div>
          <h1 className={classes.title}>{t('office.title')}</h1>
          <p className={classes.lead}>{t('office.help')}</p>
        </div>
      </div>
      <div className={classes.card}>
        <OfficeName key={office} name={office} />
        <div className={classes.setting}>
          <div className={classes.settingWords}>
            <h2 className={classes.settingTitle}>{t('office.customerLink')}</h2>
            <p className={classes.help}>{t('office.customerLinkHelp')}</p>
            <div className={classes.fields}>
              <LinkBox label={t('office.customerLink')} value={customerUrl} />
              <Button variant="default" size="xs" onClick={() => openLink(customerUrl)}>
                {t('office.open')}
              </Button>
            </div>
          </div>
        </div>
        <div className={classes.setting}>
          <div className={classes.settingWords}>
            <h2 className={classes.settingTitle}>{t('office.hubAddress')}</h2>
            <p className={classes.help}>{t('office.hubAddressHelp')}</p>
            <div className={classes.fields}>
              <LinkBox label={t('office.hubAddress')} value={address} />
            </div>
          </div>
        </div>
        {desktop && profile?.mode === 'host' ? <OtherMachines desktop={desktop} /> : null}
        <HubKey />
        {desktop && profile?.mode === 'host' ? <CustomersPlace desktop={desktop} /> : null}
        <Retention />
        <Backup />
      </div>
    </div>
  );
}

export function LinkBox({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.linkBox}>
      <code data-testid="address">{value}</code>
      <CopyButton what={label} value={value} />
    </div>
  );
}

function OfficeName({ name }: { name: string }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const [value, setValue] = useState(name);
  const trimmed = value.trim();
  const problem =
    trimmed === '' ? t('host.officeMissing') : trimmed.length > nameMax ? t('host.tooLong', { max: nameMax }) : null;
  return (
    <form
      className={classes.setting}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) void act(session.send({ op: 'office.put', name: trimmed }), t('agents.saved'));
      }}
    >
      <TextInput
        flex={1}
        label={t('office.name')}
        description={t('office.nameHelp')}
        value={value}
        error={problem}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" mt={44} disabled={trimmed === name || problem !== null || !up}>
        {t('common.save')}
      </Button>
    </form>
  );
}
