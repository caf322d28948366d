import type { Language } from '../../shared/protocol/fields';
import type { CustomerText } from '../../shared/text/customer-en';
import { type Change, changed } from './change';
import { createIdentity } from './identity';
import type { Keep } from './keep';
import { keepErased, readKept, writeKept } from './kept-state';
import { createPageActions } from './page-actions';
import { isTalking, screenOf, unreadOf } from './reading';
import { createSession, type SessionPorts } from './session';
import type { Shop } from './shop';
import { followShop } from './shop-side';
import { startState } from './state';
import type { Texts } from './texts';
import { createPageViews, type ViewPorts } from './views/page-views';
import { wordsIn } from './words';

export interface PagePorts
  extends Omit<SessionPorts, 'page'>,
    Omit<ViewPorts, 'hubNow' | 'isInWidget' | 'outlivesPage'> {
  randomId(): string;
  /** At the start; `text` is in it. */
  language: Language;
  text: CustomerText;
  texts: Texts;
  /** Shared by all tabs: who the customer is. */
  kept: Keep;
  /** This tab's alone: which device it is, and what is not sent yet. */
  keptInTab: Keep;
  /** Null: the page stands alone. */
  shop: Shop | null;
  reload(): void;
}

/** Wires state, session and views. One way: something happens → `commit` → every view looks at the new state. */
export function startPage(ports: PagePorts) {
  const { document, kept, keptInTab, shop, texts, reload } = ports;
  const identity = createIdentity(kept, keptInTab, ports.randomId);
  let words = wordsIn(ports.language, ports.text);
  let state = startState(readKept(keptInTab));
  const place =
    shop &&
    followShop(shop, {
      identity: ports.identity,
      isBusy: () => isTalking(state),
      reload,
      chooseLanguage,
      moved: (page) => session.moved(page),
      opened,
      closed: () => render(),
    });
  const isInSight = () => !document.hidden && (place === null || place.isOpen());

  const session = createSession({ ...ports, page: shop?.facts.page ?? null }, identity, () => words.language, {
    state: () => state,
    change: commit,
    formTaken: () => views.emptyForm(),
    identityAnswered: (answer) => place?.identityAnswered(answer),
    erased() {
      // A fresh page holds nothing of the customer but the fact that they were erased.
      session.stop();
      keepErased(keptInTab);
      reload();
    },
  });
  const actions = {
    ...createPageActions({ session, identity, state: () => state, commit, reload }),
    chooseLanguage,
    close: () => place?.close(),
  };
  const views = createPageViews(actions, {
    ...ports,
    hubNow: session.hubNow,
    isInWidget: shop !== null,
    outlivesPage: kept.outlivesPage,
  });

  function chooseLanguage(language: Language): void {
    kept.set('language', language);
    const text = texts.of(language);
    // While it can't be fetched, the page stays as it is, and the switch shows so.
    if (text === undefined)
      texts.load(language).then(
        () => kept.get('language') === language && chooseLanguage(language),
        () => {},
      );
    else {
      words = wordsIn(language, text);
      render();
    }
  }

  function commit(change: Change): void {
    const before = state;
    state = changed(before, change);
    writeKept(keptInTab, before, state);
    // What was said before this browser first came counts as read.
    if (state.ready && !before.ready && kept.get('seen') === null)
      kept.set('seen', state.messages.at(-1)?.messageId ?? '');
    noteSeen();
    render(before);
  }

  function render(before = state): void {
    const unread = unreadOf(state, kept.get('seen'));
    views.update(before, state, words, unread.count);
    place?.tell(state, unread, words.language);
    // Read at the next start (main.ts).
    if (state.ready && ports.identity === null) keepIf(kept, 'talking', isTalking(state) ? 'yes' : null);
  }

  /** What is on screen is read: the agent is told, and every tab knows it. */
  function noteSeen(): void {
    const last = state.messages.at(-1);
    if (last === undefined || !state.ready || !isInSight()) return;
    keepIf(kept, 'seen', last.messageId);
    if (screenOf(state) === 'chat' && state.link.state === 'up') session.read(last.messageId);
  }

  function opened(withFocus: boolean): void {
    woke();
    if (withFocus) views.focus(state);
  }

  /** It is in sight again, or the network is back: what is on screen is read now, and the line is probed. */
  function woke(): void {
    noteSeen();
    render();
    session.probe();
  }

  // What a reload interrupted is still on its way, and is shown as such.
  for (const { cid, body, at } of session.unanswered()) state = changed(state, { type: 'commandMade', cid, body, at });
  render();
  session.start();

  place?.shown();
  return { woke, stop: session.stop };
}

/** Writes only what has changed: the page is drawn with every key that is pressed. */
function keepIf(kept: Keep, name: string, value: string | null): void {
  if (kept.get(name) !== value) kept.set(name, value);
}
