import { Button } from '@mantine/core';
import type { Answer } from '../../../shared/client/answer';
import { useSave } from '../session/use-save';
import { useText } from '../ui/text';
import classes from './SaveBar.module.css';

interface SaveBarProps {
  changesCount: number;
  /** Why it cannot be saved as it is. */
  problem: string | null;
  /** Another supervisor saved the same settings meanwhile. */
  elsewhere: boolean;
  /** A text about the effect of saving. */
  effect: string;
  send: () => Promise<Answer>;
  onSaved: () => void;
  onDiscard: () => void;
}

/** Shows how many changes are unsaved and what saving does. */
export function SaveBar({ changesCount, problem, elsewhere, effect, send, onSaved, onDiscard }: SaveBarProps) {
  const t = useText();
  const { isUp, save } = useSave();
  if (changesCount === 0) return null;
  return (
    <section className={classes.bar} aria-live="polite" data-save-bar>
      <span className={classes.changes}>{t('settings.changes', { count: changesCount })}</span>
      <span className={classes.words}>
        {elsewhere ? `${t('settings.changedElsewhere')}${t('common.sentenceGap')}` : null}
        {problem ?? (isUp ? effect : t('settings.offline'))}
      </span>
      <Button variant="default" onClick={onDiscard}>
        {t('settings.discard')}
      </Button>
      <Button
        disabled={problem !== null || !isUp}
        onClick={async () => {
          if (await save(send, t('settings.saved'))) onSaved();
        }}
      >
        {t('settings.save')}
      </Button>
    </section>
  );
}
