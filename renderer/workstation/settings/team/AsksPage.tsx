import { Button, Select, Switch } from '@mantine/core';
import { useState } from 'react';
import { type Asked, type Asks, asked } from '../../../../shared/protocol/asks';
import { useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { Card } from '../../ui/Card';
import { Row } from '../../ui/FormRow';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { Page } from '../Page';
import { Afterwards } from './Afterwards';

/** The questions on the customers' page before a conversation. */
export function AsksPage() {
  const t = useText();
  const asks = useOffice((state) => state.office?.asks);
  if (!asks) return <PaneLoading label={t('settings.loading')} />;
  return (
    <Page title={t('asks.title')} lead={t('asks.lead')}>
      <AsksForm key={JSON.stringify(asks)} saved={asks} />
      <Afterwards />
    </Page>
  );
}

function AsksForm({ saved }: { saved: Asks }) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const [value, setValue] = useState(saved);
  const words: Readonly<Record<Asked, string>> = {
    off: t('asks.off'),
    optional: t('asks.optional'),
    required: t('asks.required'),
  };
  const choices = asked.options.map((each) => ({ value: each, label: words[each] }));
  const changed = value.name !== saved.name || value.contact !== saved.contact || value.group !== saved.group;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(() => session.send({ op: 'office.put', asks: value }), t('agents.saved'));
      }}
    >
      <Card>
        {(['name', 'contact'] as const).map((what) => (
          <Row key={what}>
            <Select
              flex={1}
              label={t(what === 'name' ? 'asks.name' : 'asks.contact')}
              description={what === 'contact' ? t('asks.contactHelp') : null}
              data={choices}
              value={value[what]}
              allowDeselect={false}
              onChange={(next) => setValue({ ...value, [what]: asked.parse(next) })}
            />
          </Row>
        ))}
        <Row>
          <Switch
            flex={1}
            label={t('asks.group')}
            description={t('asks.groupHelp')}
            checked={value.group}
            onChange={(event) => setValue({ ...value, group: event.currentTarget.checked })}
          />
        </Row>
        <Row>
          <Button type="submit" disabled={!changed || !isUp}>
            {t('common.save')}
          </Button>
        </Row>
      </Card>
    </form>
  );
}
