import { Button } from '@mantine/core';
import type { Answer } from '../../../shared/client/answer';
import { useIsUp } from '../session/session-context';
import { useText } from '../ui/text';
import { useAct } from '../ui/use-act';
import classes from './SettingsPage.module.css';

interface SaveBarProps {
  changesCount: number;
  /** Something cannot be saved as it is. */
  problem: string | null;
  /** Somebody else saved the same settings meanwhile. */
  elsewhere: boolean;
  /** What saving does. */
  effect: string;
  send: () => Promise<Answer>;
  onSaved: () => void;
  onDiscard: () => void;
}

/** Counts what would change and says what that does. */
export function SaveBar({ changesCount, problem, elsewhere, effect, send, onSaved, onDiscard }: SaveBarProps) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  if (changesCount === 0) return null;
  const save = async () => {
    if (await act(send(), t('settings.saved'))) onSaved();
  };
  return (
    <section className={classes.saveBar} aria-live="polite">
      <span className={classes.changes}>{t('settings.changes', { count: changesCount })}</span>
      <span className={classes.saveWords}>
        {elsewhere ? `${t('settings.changedElsewhere')}${t('common.sentenceGap')}` : null}
        {problem ?? (up ? effect : t('settings.offline'))}
      </span>
      <Button variant="default" onClick={onDiscard}>
        {t('settings.discard')}
      </Button>
      <Button disabled={problem !== null || !up} onClick={save}>
        {t('settings.save')}
      </Button>
    </section>
  );
}
