import { Button, Select, Switch } from '@mantine/core';
import { useState } from 'react';
import { type Asked, type Asks, asked } from '../../../../shared/protocol/asks';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';

/** What customers are asked on their page before a conversation. */
export function AsksPage() {
  const t = useText();
  const asks = useOffice((state) => state.office?.asks);
  if (!asks) return <PaneLoading label={t('settings.loading')} />;
  return (
    <div className={classes.content}>
      <div className={classes.titleRow}>
        <div>
          <h1 className={classes.title}>{t('asks.title')}</h1>
          <p className={classes.lead}>{t('asks.lead')}</p>
        </div>
      </div>
      <AsksForm key={JSON.stringify(asks)} kept={asks} />
    </div>
  );
}

function AsksForm({ kept }: { kept: Asks }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const [value, setValue] = useState(kept);
  const words: Readonly<Record<Asked, string>> = {
    off: t('asks.off'),
    optional: t('asks.optional'),
    required: t('asks.required'),
  };
  const choices = asked.options.map((each) => ({ value: each, label: words[each] }));
  const changed = value.name !== kept.name || value.contact !== kept.contact || value.group !== kept.group;
  return (
    <form
      className={classes.card}
      onSubmit={(event) => {
        event.preventDefault();
        void act(session.send({ op: 'office.put', asks: value }), t('agents.saved'));
      }}
    >
      {(['name', 'contact'] as const).map((what) => (
        <div key={what} className={classes.setting}>
          <Select
            flex={1}
            label={t(what === 'name' ? 'asks.name' : 'asks.contact')}
            description={what === 'contact' ? t('asks.contactHelp') : null}
            data={choices}
            value={value[what]}
            allowDeselect={false}
            onChange={(next) => setValue({ ...value, [what]: asked.parse(next) })}
          />
        </div>
      ))}
      <div className={classes.setting}>
        <Switch
          flex={1}
          label={t('asks.group')}
          description={t('asks.groupHelp')}
          checked={value.group}
          onChange={(event) => setValue({ ...value, group: event.currentTarget.checked })}
        />
      </div>
      <div className={classes.setting}>
        <Button type="submit" disabled={!changed || !up}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
