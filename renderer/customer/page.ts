import type { Clock } from '../../shared/client/clock';
import { createConnection } from '../../shared/client/connection';
import type { DraftFilesPorts } from '../../shared/client/draft-files';
import type { Transfer } from '../../shared/client/transfer';
import type { Transport } from '../../shared/client/transport';
import { createTypingEar, createTypingTeller } from '../../shared/client/typing';
import type { CustomerWire } from '../../shared/client/wire';
import { isolated } from '../../shared/plain-line';
import type { AttachmentRef } from '../../shared/protocol/attachments';
import type { Language, protocolVersion } from '../../shared/protocol/fields';
import { setAttribute } from './dom';
import type { Keep } from './keep';
import { keepErased, readKept, writeKept } from './kept-state';
import { createReader } from './reader';
import { lastAgentName, type Screen, screenOf } from './reading';
import { type Change, changed, startState } from './state';
import { createComposer } from './views/composer';
import { createEndDialog } from './views/end-dialog';
import { createEnded } from './views/ended';
import { createForm } from './views/form';
import { createHeader } from './views/header';
import { createLeft } from './views/left';
import { createMessages } from './views/messages';
import { createConnecting, createLinkNotice, createStopped } from './views/notices';
import { createOffer } from './views/offer';
import { createQueue } from './views/queue';
import { startLanguage, wordsIn } from './words';

const proto: typeof protocolVersion = 1;
/** Of the latest there may be none that a customer reads: colleagues have written notes to one another. */
const afterAllMessages = '999999999999999.999999';

export interface PagePorts {
  document: Document;
  transport: Transport;
  transfer: Transfer;
  /** A picture's size as it is shown; null for anything else. */
  measure: DraftFilesPorts['measure'];
  saveFile(file: Blob, name: string): void;
  clock: Clock;
  /** 0 ≤ x < 1. */
  random(): number;
  randomId(): string;
  /** The customers' listener of the hub that served the page. */
  url: string;
  /** As `navigator.language`. */
  browserLanguage: string;
  /** Shared by all tabs: who the customer is. */
  kept: Keep;
  /** This tab's alone: which device it is, and what is not sent yet. */
  keptInTab: Keep;
  /** A keyboard is at hand, so focus may move without opening one on the screen. */
  hasKeyboard: boolean;
  reload(): void;
}

/** Wires state, session and views. One way: something happens → `commit` → every view looks at the new state. */
export function startPage(ports: PagePorts) {
  const { document, kept, keptInTab } = ports;
  let words = wordsIn(startLanguage(kept, ports.browserLanguage));
  let state = startState(readKept(keptInTab));
  let unread = 0;
  let customerId: string | null = null;
  /** By which the hub knows this tab's line. */
  let shownToken: string | null = null;

  const connection = createConnection<CustomerWire>({
    transport: ports.transport,
    clock: ports.clock,
    random: ports.random,
    storage: { read: () => keptInTab.get('outbox'), write: (text) => keptInTab.set('outbox', text) },
    url: ports.url,
    deviceId: deviceId(),
    proto,
    hello() {
      shownToken = kept.get('token');
      return { role: 'customer', token: shownToken, language: words.language, page: null };
    },
    on: {
      link: (link) => commit({ type: 'linkChanged', link }),
      welcome(welcome) {
        shownToken = welcome.token ?? shownToken;
        if (welcome.token !== null) kept.set('token', welcome.token);
        // Whom the hub had known here is nobody any more: what is not sent yet must not become somebody else's.
        const before = keptInTab.get('customerId');
        if (before !== null && before !== welcome.customerId) return forgetAll();
        customerId = welcome.customerId;
        commit({ type: 'welcomed', welcome });
      },
      event(event) {
        if (event.name === 'erased') {
          // Another tab may have been told before, and have a new one.
          if (kept.get('token') === shownToken) kept.set('token', null);
          return forgetAll();
        }
        if (event.name === 'conversation.changed') keptInTab.set('customerId', customerId);
        // What a snapshot tells is history, not news, nor is what comes again after a line that was lost.
        const news =
          state.filling === null &&
          event.name === 'message.added' &&
          event.message.from.kind === 'agent' &&
          state.messages.every(({ messageId }) => messageId !== event.message.messageId);
        if (news && document.hidden) unread += 1;
        if (news) ear.heard(false);
        commit({ type: 'happened', event });
      },
      caughtUp() {
        reader.anew();
        commit({ type: 'caughtUp' });
      },
      paused: (paused) => commit({ type: 'pauseChanged', paused }),
      signal: ({ on }) => ear.heard(on),
      answered(entry, answer) {
        const { op } = entry.body;
        if (answer.ok && (op === 'conversation.open' || op === 'message.leave')) form.sent();
        if (answer.ok && op === 'message.leave') keptInTab.set('customerId', customerId);
        commit({ type: 'commandAnswered', cid: entry.cid, answer });
      },
    },
  });

  const ear = createTypingEar(ports.clock, (on) => commit({ type: 'typingHeard', on }));
  const teller = createTypingTeller(ports.clock, (on) => connection.signal({ type: 'typing', on }));
  const reader = createReader(ports.clock, (messageId) => connection.signal({ type: 'seen', messageId }));

  function send(...[body, options]: Parameters<typeof connection.send>): void {
    const at = ports.clock.now();
    const { cid, answer } = connection.send(body, options);
    commit({ type: 'commandMade', cid, body, at });
    if (connection.outbox.some((entry) => entry.cid === cid)) return;
    // Refused before it went anywhere (the outbox is full): nobody else will say so.
    void answer.then((refusal) => commit({ type: 'commandAnswered', cid, answer: refusal }));
  }

  function say(text: string, attachments: readonly AttachmentRef[]): void {
    teller.said();
    send({ op: 'message.send', text, ...(attachments.length === 0 ? {} : { attachments: [...attachments] }) });
  }

  const header = createHeader({
    chooseLanguage(language: Language) {
      kept.set('language', language);
      words = wordsIn(language);
      render();
    },
    askToEnd: () => endDialog.ask(),
  });
  const startAnew = () => commit({ type: 'endedDismissed' });
  const keepWaiting = () => commit({ type: 'waitChosen' });
  const form = createForm(
    {
      open: (opening) => send({ op: 'conversation.open', ...opening }),
      leave: (words) => send({ op: 'message.leave', ...words }),
      begun: () => commit({ type: 'leaveBegun' }),
      keepWaiting,
      startAnew,
    },
    keptInTab,
    () => connection.hubNow(),
  );
  const queue = createQueue();
  const offer = createOffer({ keepWaiting, leaveMessage: () => commit({ type: 'leaveChosen' }) });
  const messages = createMessages(
    {
      retry(cid) {
        const failed = state.own.find((own) => own.cid === cid);
        if (failed === undefined) return;
        commit({ type: 'ownDiscarded', cid });
        say(failed.text, failed.attachments ?? []);
      },
      edit(cid) {
        const failed = state.own.find((own) => own.cid === cid);
        if (failed === undefined) return;
        composer.adopt(failed.text);
        commit({ type: 'ownWordsTaken', cid });
        composer.focus();
      },
      discard: (cid) => commit({ type: 'ownDiscarded', cid }),
      askEarlier() {
        const before = state.messages[0]?.messageId ?? afterAllMessages;
        send({ op: 'conversation.earlier', before }, { fleeting: true });
      },
    },
    ports,
  );
  const composer = createComposer({ say, typed: teller.typed }, keptInTab, ports.transfer, ports.measure);
  const endDialog = createEndDialog(() => send({ op: 'conversation.leave' }));
  const ended = createEnded(startAnew);
  const left = createLeft(startAnew);
  const stopped = createStopped({
    useHere: () => connection.retryNow(),
    useAnew() {
      keptInTab.set('deviceId', null);
      ports.reload();
    },
    startAfresh() {
      kept.set('token', null);
      keptInTab.set('deviceId', null);
      keptInTab.set('outbox', null);
      // They are on the hub for whom they came from.
      keptInTab.set('draft.files', null);
      ports.reload();
    },
    reload: () => ports.reload(),
  });
  const connecting = createConnecting();
  const linkNotice = createLinkNotice();
  const views = [
    header,
    connecting,
    form,
    left,
    queue,
    messages,
    linkNotice,
    offer,
    composer,
    ended,
    stopped,
    endDialog,
  ];
  const card = document.createElement('main');
  card.className = 'card';
  card.append(...views.map((view) => view.root));

  /** The customer was erased. A page that begins anew holds nothing of them; only that it was so is said. */
  function forgetAll(): void {
    connection.stop();
    keepErased(keptInTab);
    ports.reload();
  }

  function deviceId(): string {
    const known = keptInTab.get('deviceId');
    if (known !== null) return known;
    const made = ports.randomId();
    keptInTab.set('deviceId', made);
    return made;
  }

  function commit(change: Change): void {
    const before = state;
    const screenBefore = screenOf(before);
    state = changed(state, change);
    writeKept(keptInTab, before, state);
    const screen = screenOf(state);
    // An agent has come: what was typed for later, and is not on its way, becomes what is said to them.
    const wasLeaving = screenBefore === 'leave' || before.leave !== null;
    if (screen === 'chat' && wasLeaving && state.leave === null) composer.adopt(form.takeTyped());
    render();
    if (screen !== screenBefore && ports.hasKeyboard) focusOn(screen, screenBefore);
    tellRead();
  }

  /** Whoever serves is told how far the customer has read. */
  function tellRead(): void {
    const last = state.messages.at(-1);
    if (screenOf(state) === 'chat' && state.link.state === 'up' && last !== undefined && !document.hidden)
      reader.read(last.messageId);
  }

  function focusOn(screen: Screen, before: Screen): void {
    if (screen === 'form') form.focus();
    else if (screen === 'left') left.focus();
    else if (screen === 'ended' || screen === 'erased') ended.focus();
    else if (screen === 'leave' && state.writing === null) form.focusIntro();
    else if (screen === 'leave') form.focus();
    else if (screen !== 'connecting' && before !== 'queue' && before !== 'chat') composer.focus();
  }

  function render(): void {
    setAttribute(document.documentElement, 'lang', words.locale);
    setAttribute(card, 'data-screen', screenOf(state));
    const office = state.office?.name ?? words.say('page.title');
    const agent = screenOf(state) === 'chat' ? lastAgentName(state) : null;
    const title = [agent, office].flatMap((each) => (each === null ? [] : isolated(each))).join(' · ');
    document.title = unread > 0 ? words.say('unread.title', { count: unread, title }) : title;
    for (const view of views) view.update(state, words);
  }

  composer.takeDropsOn(document);
  document.body.replaceChildren(card);
  // What a reload interrupted is still on its way, and is shown as such.
  for (const { cid, body, at } of connection.outbox) state = changed(state, { type: 'commandMade', cid, body, at });
  render();
  connection.start();

  // What a person was told of while away is read once they look.
  const seen = () => {
    if (document.hidden || unread === 0) return;
    unread = 0;
    render();
  };
  return {
    /** The page is looked at again, or the network is back: is the line still alive? */
    woke() {
      seen();
      tellRead();
      connection.probe();
    },
    stop: () => connection.stop(),
  };
}
