import { useRef } from 'react';
import type { SettingPath } from '../../../../shared/routing/settings';
import type { Settings } from '../../../../shared/routing/types';
import { useOffice, useRow, useSession, useTable } from '../../session/session-context';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { Page } from '../Page';
import { SaveBar } from '../SaveBar';
import { type DraftsProps, without } from '../settings-drafts';
import { GroupPicker } from '../team/GroupPicker';
import { FinerPoints } from './FinerPoints';
import { SixSettings } from './SixSettings';
import { groupForm, officeForm, ownAfter, type SettingForm, withoutSameInGroup } from './setting-form';
import { ownOf, patchOf, problemOf, withoutSame } from './setting-values';

interface RoutingPageProps extends DraftsProps {
  onPriorities: () => void;
}

/** Conversation routing and reception, for the office or with one group's own values (SE1). */
export function RoutingPage({ drafts, onDrafts, onPriorities }: RoutingPageProps) {
  const t = useText();
  const settings = useOffice((state) => state.settings);
  const group = useOffice((state) => (drafts.groupId === null ? undefined : state.groups.get(drafts.groupId)));
  if (!settings) return <PaneLoading label={t('settings.loading')} />;
  const props = { drafts, onDrafts, settings };
  return (
    <Page
      title={t('settings.page.routing')}
      lead={group && t('settings.forGroupHelp', { group: group.name })}
      action={
        <GroupPicker
          groupId={group?.groupId ?? null}
          withOffice
          onPick={(groupId) => onDrafts({ ...drafts, groupId })}
        />
      }
    >
      {group ? (
        <ForGroup key={group.groupId} {...props} groupId={group.groupId} onPriorities={onPriorities} />
      ) : (
        <ForOffice {...props} onPriorities={onPriorities} />
      )}
    </Page>
  );
}

interface ForProps extends RoutingPageProps {
  settings: Settings;
}

function ForOffice({ drafts, onDrafts, settings, onPriorities }: ForProps) {
  const session = useSession();
  const left = withoutSame(drafts.office, settings);
  const change = (office: typeof left) => onDrafts({ ...drafts, office });
  const form = officeForm(settings, left, (next) => change(withoutSame(next, settings)));
  return (
    <Sections
      form={form}
      changed={Object.keys(left) as SettingPath[]}
      standing={settings}
      send={() => session.send({ op: 'settings.update', settings: patchOf(left) })}
      onDone={() => change({})}
      onPriorities={onPriorities}
    />
  );
}

function ForGroup({ drafts, onDrafts, settings, groupId, onPriorities }: ForProps & { groupId: string }) {
  const session = useSession();
  const group = useRow('groups', groupId);
  if (!group) return null;
  const own = ownOf(group.settings);
  const left = withoutSameInGroup(drafts.groups[groupId] ?? {}, own, settings);
  const change = (next: typeof left) =>
    onDrafts({ ...drafts, groups: { ...drafts.groups, [groupId]: withoutSameInGroup(next, own, settings) } });
  return (
    <Sections
      form={groupForm(settings, own, left, change)}
      changed={Object.keys(left) as SettingPath[]}
      standing={JSON.stringify(group.settings)}
      send={() => session.send({ op: 'group.put', groupId, name: group.name, settings: ownAfter(own, left) })}
      onDone={() => onDrafts({ ...drafts, groups: without(drafts.groups, groupId) })}
      onPriorities={onPriorities}
    />
  );
}

interface SectionsProps {
  form: SettingForm;
  changed: readonly SettingPath[];
  /** The saved settings. If they change while there are unsaved changes here, another supervisor has saved. */
  standing: unknown;
  send: Parameters<typeof SaveBar>[0]['send'];
  onDone: () => void;
  onPriorities: () => void;
}

function Sections({ form, changed, standing, send, onDone, onPriorities }: SectionsProps) {
  const t = useText();
  const effect = useEffectWords();
  const atStart = useRef(standing);
  if (changed.length === 0) atStart.current = standing;
  const wrong = changed.some((path) => problemOf(path, form.value(path)) !== null);
  return (
    <>
      <SixSettings form={form} onPriorities={onPriorities} />
      <FinerPoints form={form} />
      <SaveBar
        changesCount={changed.length}
        problem={wrong ? t('settings.fixFirst') : null}
        elsewhere={atStart.current !== standing}
        effect={effect}
        send={send}
        onSaved={onDone}
        onDiscard={onDone}
      />
    </>
  );
}

/** SE1: how a change affects the offers that ring now. */
function useEffectWords(): string {
  const t = useText();
  const ringing = [...useTable('conversations').values()].filter(({ stage }) => stage === 'offered').length;
  const words = [t('settings.changesApply'), ringing > 0 ? t('settings.ringingKeep', { count: ringing }) : ''];
  return words.filter(Boolean).join(t('common.sentenceGap'));
}
