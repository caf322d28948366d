import { IconShieldExclamation } from '@tabler/icons-react';
import { useOffice } from '../session/session-context';
import { Sentence } from '../ui/Sentence';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import classes from './Banners.module.css';

/** The refusals to people who are not signed in, in one banner kept up to date. Only supervisors are told of any. */
export function RefusalsBanner() {
  const t = useText();
  const { clockTime } = useTimes();
  const refusals = useOffice((state) => state.refusals);
  const last = refusals.at(-1);
  if (!last) return null;
  const { what, address, count, since } = last;
  const others = refusals.length - 1;
  return (
    <div className={classes.banner} data-pane="banner" data-kind="refusals" role="status">
      <IconShieldExclamation size={20} aria-hidden="true" />
      <div className={classes.words}>
        <b>
          {address === null ? (
            t(`refusals.full.${what}`)
          ) : (
            <Sentence text={`refusals.${what}`} slots={{ address: <code>{address}</code> }} />
          )}
        </b>{' '}
        {/* It counts up: screen readers must not read out every change. */}
        <span aria-live="off">{t('refusals.count', { count, time: clockTime(since) })}</span>{' '}
        {others > 0 ? t('refusals.others', { count: others }) : null} {address === null ? null : t('refusals.help')}
      </div>
    </div>
  );
}
