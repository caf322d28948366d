import type { Clock } from '../../../shared/client/clock';
import { element, setText, show } from '../dom';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import { sayTime, type Words } from '../words';
import type { Say } from './later-words';

interface ReopenTimePorts {
  clock: Clock;
  /** Epoch milliseconds. */
  hubNow(): number;
}

/** RO1: until when what has ended may be taken up again; then the page is drawn without the button. */
export function createReopenTime({ clock, hubNow }: ReopenTimePorts, drawPage: () => void) {
  const root = element('p', { class: 'hint reopen-until', hidden: true });
  let drawnAt = 0;
  let cancel = () => {};

  return {
    root,
    update(state: PageState, words: Words, say: Say): void {
      const until = screenOf(state) === 'ended' ? (state.conversation?.reopenUntil ?? 0) : 0;
      const isOpen = hubNow() < until && state.link.state !== 'refused' && state.reopening === null;
      show(root, isOpen);
      setText(root, isOpen ? say('reopen.until', { time: sayTime(words, until) }) : '');
      if (until === drawnAt) return;
      drawnAt = until;
      cancel();
      if (isOpen) cancel = clock.at(clock.now() + until - hubNow(), drawPage);
    },
  };
}
