import { type Change, changed } from './change';
import { createIdentity } from './identity';
import type { Keep } from './keep';
import { keepErased, readKept, writeKept } from './kept-state';
import { createPageActions } from './page-actions';
import { screenOf } from './reading';
import { createSession, type SessionPorts } from './session';
import { startState } from './state';
import { createPageViews, type ViewPorts } from './views/page-views';
import { startLanguage, wordsIn } from './words';

export interface PagePorts extends SessionPorts, Omit<ViewPorts, 'hubNow'> {
  randomId(): string;
  /** As `navigator.language`. */
  browserLanguage: string;
  /** Shared by all tabs: who the customer is. */
  kept: Keep;
  /** This tab's alone: which device it is, and what is not sent yet. */
  keptInTab: Keep;
  reload(): void;
}

/** Wires state, session and views. One way: something happens → `commit` → every view looks at the new state. */
export function startPage(ports: PagePorts) {
  const { document, kept, keptInTab, reload } = ports;
  const identity = createIdentity(kept, keptInTab, ports.randomId);
  let words = wordsIn(startLanguage(kept, ports.browserLanguage));
  let state = startState(readKept(keptInTab));
  /** Messages that arrived while the page was hidden. */
  let unread = 0;

  const session = createSession(ports, identity, () => words.language, {
    state: () => state,
    change: commit,
    newFromAgent() {
      if (document.hidden) unread += 1;
    },
    formTaken: () => views.emptyForm(),
    erased() {
      // A fresh page holds nothing of the customer but the fact that they were erased.
      session.stop();
      keepErased(keptInTab);
      reload();
    },
  });
  const actions = {
    ...createPageActions({ session, identity, state: () => state, commit, reload }),
    chooseLanguage(language: typeof words.language) {
      kept.set('language', language);
      words = wordsIn(language);
      render();
    },
  };
  const views = createPageViews(actions, { ...ports, hubNow: session.hubNow });

  function commit(change: Change): void {
    const before = state;
    state = changed(before, change);
    writeKept(keptInTab, before, state);
    render(before);
    sendReadReceipt();
  }

  function render(before = state): void {
    views.update(before, state, words, unread);
  }

  function sendReadReceipt(): void {
    const last = state.messages.at(-1);
    if (screenOf(state) === 'chat' && state.link.state === 'up' && last !== undefined && !document.hidden)
      session.read(last.messageId);
  }

  // What a reload interrupted is still on its way, and is shown as such.
  for (const { cid, body, at } of session.unanswered()) state = changed(state, { type: 'commandMade', cid, body, at });
  render();
  session.start();

  return {
    /** The page is visible again or the network is back: what is on screen is read now, and the line is probed. */
    woke() {
      if (!document.hidden && unread > 0) {
        unread = 0;
        render();
      }
      sendReadReceipt();
      session.probe();
    },
    stop: session.stop,
  };
}
