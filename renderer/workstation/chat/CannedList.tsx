import { useText } from '../ui/text';
import classes from './CannedList.module.css';
import type { useCanned } from './use-canned';

/** The canned replies that fit what was typed, above the field. */
export function CannedList({ found, listbox, none }: Pick<ReturnType<typeof useCanned>, 'found' | 'listbox' | 'none'>) {
  const t = useText();
  if (none)
    return (
      <div className={classes.anchor}>
        <p className={classes.list} data-none role="status">
          {t('canned.noneYet')}
        </p>
      </div>
    );
  if (found.length === 0) return null;
  return (
    <div className={classes.anchor}>
      <div className={classes.list} {...listbox.list}>
        {found.map(({ cannedReplyId, shortcut, text }, at) => (
          <div key={cannedReplyId} className={classes.option} {...listbox.option(at)}>
            <span className={classes.shortcut}>/{shortcut}</span>
            <span className={classes.text}>{text}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
