import { Button, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { labels } from '../../../../shared/protocol/labels';
import { labelLengthMax, labelsMax } from '../../../../shared/protocol/limits';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';

/** The office's own words for what conversations are about, and for how they ended. */
export function LabelsPage() {
  const t = useText();
  const office = useOffice((state) => state.office);
  if (!office) return <PaneLoading label={t('settings.loading')} />;
  return (
    <div className={classes.wide}>
      <h1 className={classes.title}>{t('labels.title')}</h1>
      <p className={classes.lead}>{t('labels.lead')}</p>
      <div className={classes.card}>
        <LabelsForm key={`tags ${office.tags.join('\n')}`} kind="tags" kept={office.tags} />
        <LabelsForm key={`codes ${office.wrapUpCodes.join('\n')}`} kind="wrapUpCodes" kept={office.wrapUpCodes} />
      </div>
    </div>
  );
}

function LabelsForm({ kind, kept }: { kind: 'tags' | 'wrapUpCodes'; kept: string[] }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const [value, setValue] = useState(kept);
  const [typed, setTyped] = useState('');
  // What stands in the field counts, too, when it is saved.
  const wanted = typed.trim() === '' ? value : [...value, typed.trim()];
  const { data } = labels.safeParse(wanted);
  const changed = wanted.join('\n') !== kept.join('\n');
  return (
    <form
      className={classes.setting}
      onSubmit={(event) => {
        event.preventDefault();
        if (data) void act(session.send({ op: 'office.put', [kind]: data }), t('agents.saved'));
      }}
    >
      <TagsInput
        flex={1}
        label={t(kind === 'tags' ? 'labels.tags' : 'labels.codes')}
        description={t(kind === 'tags' ? 'labels.tagsHelp' : 'labels.codesHelp')}
        placeholder={t('labels.add')}
        value={value}
        onChange={setValue}
        searchValue={typed}
        onSearchChange={setTyped}
        maxTags={labelsMax}
        error={data === undefined ? t('labels.bad', { length: labelLengthMax, count: labelsMax }) : null}
        splitChars={[',', '，', '\n']}
      />
      <Button type="submit" variant="default" mt={44} disabled={!data || !changed || !up}>
        {t('common.save')}
      </Button>
    </form>
  );
}
