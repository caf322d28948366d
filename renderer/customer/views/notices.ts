import type { CloseName } from '../../../shared/protocol/close-codes';
import type { CustomerTextKey } from '../../../shared/text/customer-en';
import { element, setText, show } from '../dom';
import { screenOf } from '../reading';
import type { PageState } from '../state';
import type { Words } from '../words';

/** The state of the link to the hub, shown only while something is wrong. */
export function createLinkNotice() {
  const words = element('span');
  const line = element('p', { class: 'link-line', hidden: true }, element('span', { class: 'dot' }), words);
  const root = element('div', { class: 'link-notice', role: 'status' }, line);

  function update(state: PageState, spoken: Words): void {
    const key = screenOf(state) === 'connecting' ? null : noticeOf(state);
    show(line, key !== null);
    setText(words, key === null ? '' : spoken.say(key));
  }

  return { root, update };
}

/** Said once and for all where nothing outlives the page: closing it ends what the customer sees of the conversation. */
export function createStorageNotice(outlivesPage: boolean) {
  const root = element('p', { class: 'storage-notice', hidden: true });
  return {
    root,
    update(state: PageState, words: Words): void {
      const screen = screenOf(state);
      show(root, !outlivesPage && (screen === 'form' || screen === 'queue' || screen === 'chat'));
      setText(root, words.say('storage.none'));
    },
  };
}

function noticeOf({ link, paused }: PageState): CustomerTextKey | null {
  if (link.state === 'down') return whyDown(link.reason);
  return paused ? 'refused.rateLimited' : null;
}

function whyDown(reason: CloseName | 'lost'): CustomerTextKey {
  if (reason === 'hubFull') return 'link.hubFull';
  return reason === 'tooManyLines' ? 'link.tooManyLines' : 'link.lost';
}

/** Shown until the first snapshot is complete. */
export function createConnecting() {
  const words = element('p');
  const root = element('div', { class: 'connecting', role: 'status' }, element('span', { class: 'spinner' }), words);
  return {
    root,
    update(state: PageState, spoken: Words): void {
      const shown = screenOf(state) === 'connecting' && state.link.state !== 'refused';
      show(root, shown);
      const why = state.link.state === 'down' ? whyDown(state.link.reason) : 'link.lost';
      setText(words, shown ? spoken.say(why === 'link.lost' ? 'link.connecting' : why) : '');
    },
  };
}

export interface StoppedActions {
  useHere(): void;
  /** Comes back as the same customer on a new device. */
  useAnew(): void;
  /** Comes back as a new customer. */
  startAfresh(): void;
  reload(): void;
}

/** The hub has closed the line for good; the customer decides what happens next. */
export function createStopped(actions: StoppedActions) {
  const sentence = element('p');
  const button = element('button', { type: 'button', class: 'primary' });
  const root = element('section', { class: 'stopped', role: 'alert', hidden: true }, sentence, button);
  let act: () => void = actions.reload;
  button.addEventListener('click', () => act());

  function update(state: PageState, words: Words): void {
    const { link } = state;
    show(root, link.state === 'refused');
    if (link.state !== 'refused') return;
    const way = wayOut(link.reason);
    setText(sentence, words.say(way.sentence));
    setText(button, words.say(way.button));
    act = actions[way.action];
  }

  return { root, update };
}

function wayOut(close: CloseName): {
  sentence: CustomerTextKey;
  button: CustomerTextKey;
  action: keyof StoppedActions;
} {
  switch (close) {
    case 'takenOver':
      return { sentence: 'close.takenOver', button: 'stopped.useHere', action: 'useHere' };
    case 'deviceInUse':
      return { sentence: 'close.deviceInUse', button: 'stopped.useHere', action: 'useAnew' };
    case 'signInRefused':
    case 'tokenRevoked':
      return { sentence: `close.${close}`, button: 'ended.again', action: 'startAfresh' };
    case 'blocked':
      return { sentence: 'close.blocked', button: 'stopped.again', action: 'reload' };
    case 'versionMismatch':
      return { sentence: 'close.versionMismatch', button: 'stopped.reload', action: 'reload' };
    default:
      return { sentence: 'close.other', button: 'stopped.again', action: 'reload' };
  }
}
