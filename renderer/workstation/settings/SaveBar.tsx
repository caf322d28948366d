import { Button } from '@mantine/core';
import type { SettingPath } from '../../../shared/routing/settings';
import { useIsUp, useOffice, useSession } from '../session/session-context';
import { useText } from '../ui/text';
import { useAct } from '../ui/use-act';
import classes from './SettingsPage.module.css';
import { patchOf, problemOf, type SettingChanges } from './setting-values';

interface SaveBarProps {
  changes: SettingChanges;
  /** Somebody else saved settings meanwhile. */
  elsewhere: boolean;
  onSaved: () => void;
  onDiscard: () => void;
}

/** Counts what would change and says what that does to what rings now. */
export function SaveBar({ changes, elsewhere, onSaved, onDiscard }: SaveBarProps) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  useOffice((state) => state.conversationsRevision);
  const entries = Object.entries(changes);
  if (entries.length === 0) return null;
  const wrong = entries.some(([path, value]) => problemOf(path as SettingPath, value ?? null) !== null);
  const ringing = [...session.store.getState().conversations.values()].filter(
    ({ stage }) => stage === 'offered',
  ).length;
  const save = async () => {
    const sent = session.send({ op: 'settings.update', settings: patchOf(changes) });
    if (await act(sent, t('settings.saved'))) onSaved();
  };
  return (
    <section className={classes.saveBar} aria-live="polite">
      <span className={classes.changes}>{t('settings.changes', { count: entries.length })}</span>
      <span className={classes.saveWords}>
        {elsewhere ? `${t('settings.changedElsewhere')} ` : null}
        {wrong
          ? t('settings.fixFirst')
          : up
            ? `${t('settings.changesApply')} ${ringing > 0 ? t('settings.ringingKeep', { count: ringing }) : ''}`
            : t('settings.offline')}
      </span>
      <Button variant="default" onClick={onDiscard}>
        {t('settings.discard')}
      </Button>
      <Button disabled={wrong || !up} onClick={save}>
        {t('settings.save')}
      </Button>
    </section>
  );
}
