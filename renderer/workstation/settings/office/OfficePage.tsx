import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { nameMax } from '../../../../shared/protocol/limits';
import { useApp } from '../../lifecycle/app-context';
import { useServices } from '../../services/services';
import { useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { Card } from '../../ui/Card';
import { FieldRow, Fields, FormRow } from '../../ui/FormRow';
import { LinkBox } from '../../ui/LinkBox';
import { useText } from '../../ui/text';
import { Page } from '../Page';
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
  const host = profile?.mode === 'host' ? desktop : null;
  return (
    <Page title={t('office.title')} lead={t('office.help')}>
      <Card>
        <OfficeName key={office} name={office} />
        <FormRow title={t('office.customerLink')} help={t('office.customerLinkHelp')}>
          <Fields>
            <LinkBox label={t('office.customerLink')} value={customerUrl} />
            <Button variant="default" size="xs" onClick={() => openLink(customerUrl)}>
              {t('office.open')}
            </Button>
          </Fields>
        </FormRow>
        <FormRow title={t('office.hubAddress')} help={t('office.hubAddressHelp')}>
          <Fields>
            <LinkBox label={t('office.hubAddress')} value={address} />
          </Fields>
        </FormRow>
        {host ? <OtherMachines desktop={host} /> : null}
        <HubKey />
        {host ? <CustomersPlace desktop={host} /> : null}
        <Retention />
        <Backup />
      </Card>
    </Page>
  );
}

function OfficeName({ name }: { name: string }) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const [value, setValue] = useState(name);
  const trimmed = value.trim();
  const problem =
    trimmed === '' ? t('host.officeMissing') : trimmed.length > nameMax ? t('host.tooLong', { max: nameMax }) : null;
  return (
    <FieldRow
      canSave={trimmed !== name && problem === null && isUp}
      onSave={() => save(() => session.send({ op: 'office.put', name: trimmed }), t('agents.saved'))}
    >
      <TextInput
        flex={1}
        label={t('office.name')}
        description={t('office.nameHelp')}
        value={value}
        error={problem}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </FieldRow>
  );
}
