import { type Change, changed } from './change';
import { createIdentity } from './identity';
import type { Keep } from './keep';
import { keepErased, readKept, writeKept } from './kept-state';
import { createPageActions } from './page-actions';
import { isTalking, screenOf, unreadOf } from './reading';
import { createSession, type SessionPorts } from './session';
import type { Shop } from './shop';
import { followShop } from './shop-side';
import { createSpoken, type SpokenPorts } from './spoken';
import { startState } from './state';
import { createPageViews, type ViewPorts } from './views/page-views';

export interface PagePorts
  extends Omit<SessionPorts, 'page'>,
    Omit<ViewPorts, 'hubNow' | 'isInWidget' | 'outlivesPage'>,
    SpokenPorts {
  randomId(): string;
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
  const { document, kept, keptInTab, shop, reload } = ports;
  const identity = createIdentity(kept, keptInTab, ports.randomId);
  const spoken = createSpoken(ports, kept, (texts) => {
    views.dress(texts);
    render();
  });
  let state = startState(readKept(keptInTab));
  const place =
    shop &&
    followShop(shop, {
      identity: ports.identity,
      isBusy: () => isTalking(state),
      reload,
      chooseLanguage: spoken.choose,
      moved: (page) => session.moved(page),
      opened,
      closed: () => render(),
    });
  let isErased = false;
  const isInSight = () => !document.hidden && (place === null || place.isOpen());

  const session = createSession({ ...ports, page: shop?.facts.page ?? null }, identity, () => spoken.words().language, {
    state: () => state,
    change: commit,
    formTaken: () => views.emptyForm(),
    pageChanged: spoken.served,
    identityAnswered: (answer) => place?.identityAnswered(answer),
    erased() {
      // A fresh page holds nothing of the customer but the fact that they were erased; this one keeps nothing more.
      isErased = true;
      session.stop();
      keepErased(keptInTab);
      // Otherwise another tab has begun anew, and this is its customer's.
      if (kept.get('token') === null) for (const name of ['seen', 'talking']) kept.set(name, null);
      reload();
    },
  });
  const actions = {
    ...createPageActions({ session, identity, state: () => state, commit, reload }),
    chooseLanguage: spoken.choose,
    close: () => place?.close(),
    draw: () => render(),
  };
  const views = createPageViews(actions, {
    ...ports,
    hubNow: session.hubNow,
    isInWidget: shop !== null,
    outlivesPage: kept.outlivesPage,
  });

  function commit(change: Change): void {
    if (isErased) return;
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
    const words = spoken.words();
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

  views.dress(ports.texts);
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
