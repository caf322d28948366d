import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { labels } from '../../../../shared/protocol/labels';
import { labelLengthMax, labelsMax } from '../../../../shared/protocol/limits';
import { useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { Card } from '../../ui/Card';
import { FieldRow } from '../../ui/FormRow';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { Page } from '../Page';

/** The office's tags (what conversations are about) and wrap-up codes (how they ended), and the reasons for a break. */
export function LabelsPage() {
  const t = useText();
  const office = useOffice((state) => state.office);
  const breaks = office?.breakReasons ?? none;
  if (!office) return <PaneLoading label={t('settings.loading')} />;
  return (
    <Page title={t('labels.title')} lead={t('labels.lead')} isWide>
      <Card>
        <LabelsForm key={`tags ${office.tags.join('\n')}`} kind="tags" saved={office.tags} />
        <LabelsForm key={`codes ${office.wrapUpCodes.join('\n')}`} kind="wrapUpCodes" saved={office.wrapUpCodes} />
        <LabelsForm key={`breaks ${breaks.join('\n')}`} kind="breakReasons" saved={breaks} />
      </Card>
    </Page>
  );
}

const none: string[] = [];

const words = {
  tags: ['labels.tags', 'labels.tagsHelp'],
  wrapUpCodes: ['labels.codes', 'labels.codesHelp'],
  breakReasons: ['labels.breaks', 'labels.breaksHelp'],
} as const;

function LabelsForm({ kind, saved }: { kind: keyof typeof words; saved: string[] }) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const [value, setValue] = useState(saved);
  const [typed, setTyped] = useState('');
  // Text that was typed but not confirmed as a label is saved, too.
  const wanted = typed.trim() === '' ? value : [...value, typed.trim()];
  const { data } = labels.safeParse(wanted);
  const changed = wanted.join('\n') !== saved.join('\n');
  return (
    <FieldRow
      canSave={data !== undefined && changed && isUp}
      onSave={() => save(() => session.send({ op: 'office.put', [kind]: data }), t('agents.saved'))}
    >
      <TagsInput
        flex={1}
        label={t(words[kind][0])}
        description={t(words[kind][1])}
        placeholder={t('labels.add')}
        value={value}
        onChange={setValue}
        searchValue={typed}
        onSearchChange={setTyped}
        maxTags={labelsMax}
        error={data === undefined ? t('labels.bad', { length: labelLengthMax, count: labelsMax }) : null}
        splitChars={[',', '，', '\n']}
      />
    </FieldRow>
  );
}
