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

/** The office's tags (what conversations are about) and wrap-up codes (how they ended). */
export function LabelsPage() {
  const t = useText();
  const office = useOffice((state) => state.office);
  if (!office) return <PaneLoading label={t('settings.loading')} />;
  return (
    <Page title={t('labels.title')} lead={t('labels.lead')} isWide>
      <Card>
        <LabelsForm key={`tags ${office.tags.join('\n')}`} kind="tags" saved={office.tags} />
        <LabelsForm key={`codes ${office.wrapUpCodes.join('\n')}`} kind="wrapUpCodes" saved={office.wrapUpCodes} />
      </Card>
    </Page>
  );
}

function LabelsForm({ kind, saved }: { kind: 'tags' | 'wrapUpCodes'; saved: string[] }) {
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
    </FieldRow>
  );
}
