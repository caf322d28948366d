import { type Answer, isFrameFault } from '../../../shared/client/answer';
import type { Clock } from '../../../shared/client/clock';
import { type Connection, createConnection } from '../../../shared/client/connection';
import { keepDownloads } from '../../../shared/client/kept-downloads';
import type { OutboxEntry } from '../../../shared/client/outbox';
import { saysSame } from '../../../shared/client/says-same';
import type { Transfer } from '../../../shared/client/transfer';
import type { Transport } from '../../../shared/client/transport';
import { createTypingEar, createTypingTeller } from '../../../shared/client/typing';
import type { AgentWire, CommandBody } from '../../../shared/client/wire';
import type { AttachmentRef } from '../../../shared/protocol/attachments';
import { protocolVersion } from '../../../shared/protocol/fields';
import type { MessagePage } from '../../../shared/protocol/message-page';
import type { ConversationView, MessageView } from '../../../shared/protocol/views';
import { createClosings } from './closings';
import { createDrafts, type Drafts } from './drafts';
import { createFileDrafts, type FileDrafts } from './file-drafts';
import { type Keep, partOf } from './keep';
import type { MessageKind, SendingMessage } from './office-state';
import { createOfficeFeed, type OfficeStore } from './office-store';
import { createWhose, customerIn } from './whose';

export interface SessionOptions {
  transport: Transport;
  transfer: Transfer;
  clock: Clock;
  random(): number;
  keep: Keep;
  url: string;
  deviceId: string;
  deviceLabel: string;
  token: string;
  /** The window is visible and in front. */
  isInFront(): boolean;
}

/** Signed in at a hub: its state, and everything a person can do. */
export interface Session {
  /** Of the device the page is on. */
  deviceId: string;
  store: OfficeStore;
  drafts: Readonly<Record<MessageKind, Drafts>>;
  fileDrafts: FileDrafts;
  transfer: Transfer;
  start(): void;
  stop(): void;
  /** Ends this device at the hub, if it answers soon; what was kept here goes. */
  signOut(): Promise<void>;
  retryNow(): void;
  probe(): void;
  /** The hub's time, epoch milliseconds. */
  hubNow(): number;
  /** Resolves when the hub has answered, however long that takes. */
  send(body: AgentCommand): Promise<Answer>;
  /** For what only makes sense now: never kept for later, refused with `linkLost` when the link goes. */
  ask(body: AgentCommand): Promise<Answer>;
  select(conversationId: string | null): void;
  reply(conversationId: string, text: string, attachments?: readonly AttachmentRef[]): void;
  /** For colleagues; kept, sent and shown as a reply is. */
  /** `mentions`: colleagues who are told of it. */
  addNote(conversationId: string, text: string, mentions?: readonly string[]): void;
  /** A failed reply or note again, or away with it. */
  retryReply(cid: string): void;
  /** The words of a failed reply or note back to where they were typed, below what is there; its files stay. */
  editReply(cid: string): void;
  discardReply(cid: string): void;
  /** More of a conversation's messages, before those that are here; false: they can't be had now. */
  loadEarlier(conversationId: string): Promise<boolean>;
  /** Closes it in a moment; null: it was undone, or its customer wrote again. */
  close(conversationId: string, wrapUpCode: string | null): Promise<Answer | null>;
  /** Says in a moment that somebody has seen to a left message; null: it was undone. */
  seeTo(leftMessageId: string): Promise<Answer | null>;
  /** Undoes either of these. */
  keepOpen(id: string): void;
  /** The person types a reply. */
  typed(conversationId: string, text: string): void;
  /** The person has the last message before them. */
  read(conversationId: string, messageId: string): void;
  /** The person looks at what is open: nothing in it is new any more when they come back to it. */
  looked(conversationId: string): void;
}

/** Of pictures and files that have been looked at, in memory. */
const downloadsKeptBytesMax = 64 * 1024 ** 2;

/** Longer than this nobody waits to be signed out. */
const signOutWithinMs = 3_000;

/** How far the page's idea of the hub's time may be off. */
const clockSlackMs = 30_000;

export type AgentCommand = CommandBody<AgentWire>;

export function createSession(options: SessionOptions): Session {
  const kept = partOf(options.keep);
  const feed = createOfficeFeed({
    isSeen: (id) => store.getState().selectedId === id && options.isInFront(),
    isOfOne: (id, customerIds) => whose.isOfOne(id, customerIds),
    erased: forget,
  });
  const { store } = feed;
  const whose = createWhose(kept, (id) => customerIn(store.getState(), id));
  const drafts = {
    reply: createDrafts(kept, 'drafts', whose.note),
    note: createDrafts(kept, 'noteDrafts', whose.note),
  };
  const fileDrafts = createFileDrafts(options.transfer, kept, whose.note);
  const transfer = keepDownloads(options.transfer, downloadsKeptBytesMax);
  const failedKey = `failed.${options.deviceId}`;

  const connection: Connection<AgentWire> = createConnection<AgentWire>({
    transport: options.transport,
    clock: options.clock,
    random: options.random,
    url: options.url,
    deviceId: options.deviceId,
    proto: protocolVersion,
    storage: {
      read: () => kept.read(`outbox.${options.deviceId}`),
      write: (text) => kept.write(`outbox.${options.deviceId}`, text),
    },
    hello: () => ({
      role: 'agent',
      auth: { kind: 'token', token: options.token },
      deviceLabel: options.deviceLabel,
    }),
    on: {
      link: (link) => store.setState({ link }),
      welcome: feed.welcome,
      event: (event) => {
        feed.event(event);
        if (event.name === 'message.added' && event.message.from.kind === 'customer')
          spoke(event.message.conversationId);
        if (event.name === 'conversation.changed') acknowledge(event.conversation);
        if (event.name === 'leftMessage.removed') closings.undo(event.leftMessageId);
        if (event.name === 'conversation.removed') {
          acknowledged.delete(event.conversationId);
          ears.get(event.conversationId)?.heard(false);
          ears.delete(event.conversationId);
          closings.undo(event.conversationId);
          fileDrafts.drop(event.conversationId);
        }
      },
      caughtUp: () => {
        feed.caughtUp();
        watch();
        acknowledged.clear();
        readUpTo.clear();
        for (const conversation of store.getState().conversations.values()) acknowledge(conversation);
      },
      signal: ({ conversationId, on }) => earOf(conversationId).heard(on),
      outbox: (entries) => store.setState({ unsent: entries.filter((entry) => !entry.fleeting).length }),
      answered: (entry, answer) => answered(entry, answer),
    },
  });
  store.setState({ sending: [...readFailed(kept, failedKey), ...pendingReplies(connection.outbox)] });

  /** What this machine keeps of customers who are erased. */
  function forget(customerIds: ReadonlySet<string>) {
    const isTheirs = (conversationId: string) => whose.isOfOne(conversationId, customerIds);
    for (const kept of [drafts.reply, drafts.note])
      for (const conversationId of kept.ids()) if (isTheirs(conversationId)) kept.write(conversationId, '');
    for (const conversationId of fileDrafts.ids()) if (isTheirs(conversationId)) fileDrafts.drop(conversationId);
    transfer.forget(isTheirs);
    const { sending } = store.getState();
    if (sending.some(({ conversationId }) => isTheirs(conversationId)))
      setSending(sending.filter(({ conversationId }) => !isTheirs(conversationId)));
    whose.forget(customerIds);
  }

  function send(body: AgentCommand) {
    return connection.send(body).answer;
  }

  function watch() {
    const { selectedId, link } = store.getState();
    if (link.state !== 'up') return;
    store.setState({ readProblem: null });
    const { answer } = connection.send({ op: 'conversation.watch', conversationId: selectedId }, { fleeting: true });
    void answer.then((result) => {
      // Without a link it is asked for again when the link is back.
      if (result.ok || selectedId === null || result.code === 'linkLost') return;
      store.setState({ readProblem: { conversationId: selectedId, code: result.code, message: result.message } });
    });
  }

  function stop() {
    for (const conversationId of store.getState().closing.keys()) closings.undo(conversationId);
    connection.stop();
  }

  async function endDevice() {
    if (store.getState().link.state !== 'up') return;
    const { answer } = connection.send({ op: 'device.revoke', deviceId: options.deviceId }, { fleeting: true });
    let cancel = () => {};
    const tooLong = new Promise<void>((resolve) => {
      cancel = options.clock.at(options.clock.now() + signOutWithinMs, resolve);
    });
    await Promise.race([answer, tooLong]);
    cancel();
  }

  const closings = createClosings(options.clock, (closing) => store.setState({ closing }));

  /** Who is about to be closed has something to say still. */
  function spoke(conversationId: string) {
    ears.get(conversationId)?.heard(false);
    if (!closings.undo(conversationId)) return;
    const { conversations, notices } = store.getState();
    const params = { name: conversations.get(conversationId)?.customerName ?? '' };
    store.setState({ notices: [...notices, { code: 'keptOpen', conversationId, params }] });
  }

  const ears = new Map<string, ReturnType<typeof createTypingEar>>();
  function earOf(conversationId: string) {
    const ear =
      ears.get(conversationId) ??
      createTypingEar(options.clock, (on) => {
        const typing = new Set(store.getState().typing);
        if (on) typing.add(conversationId);
        else typing.delete(conversationId);
        store.setState({ typing });
      });
    ears.set(conversationId, ear);
    return ear;
  }

  /** One person types one reply at a time. */
  let typingIn: string | null = null;
  const teller = createTypingTeller(options.clock, (on) => {
    if (typingIn !== null) connection.signal({ type: 'typing', conversationId: typingIn, on });
  });

  /** The last message told as read, by conversation; after a new link the hub may not know it any more. */
  const readUpTo = new Map<string, string>();

  /** AR2: what was put on this desk is acknowledged as soon as the page holds it. */
  const acknowledged = new Map<string, number>();
  function acknowledge(conversation: ConversationView) {
    const { me, link } = store.getState();
    const { conversationId, stage, agentId, since } = conversation;
    if (stage !== 'active' || agentId !== me?.agentId || link.state !== 'up') return;
    if (acknowledged.get(conversationId) === since) return;
    acknowledged.set(conversationId, since);
    connection.send({ op: 'conversation.ack', conversationId }, { fleeting: true });
  }

  function answered(entry: OutboxEntry<AgentCommand>, answer: Answer) {
    if (entry.body.op !== 'message.send' && entry.body.op !== 'note.add') return;
    setSending(
      store.getState().sending.flatMap((message): SendingMessage[] => {
        if (message.cid !== entry.cid) return [message];
        if (!answer.ok) return [{ ...message, state: 'failed', code: answer.code, message: answer.message }];
        return isShown(message) ? [] : [{ ...message, state: 'sent' }];
      }),
    );
  }

  /** The hub's copy is here already, or comes with the history when somebody opens the conversation. */
  function isShown(message: SendingMessage): boolean {
    const { messages, me } = store.getState();
    const known = messages.get(message.conversationId);
    if (!known) return true;
    return known.some(
      (each) =>
        each.from.kind === (message.kind === 'note' ? 'note' : 'agent') &&
        each.from.agentId === me?.agentId &&
        saysSame(each, message) &&
        each.at > message.at - clockSlackMs,
    );
  }

  function setSending(sending: readonly SendingMessage[]) {
    store.setState({ sending });
    const failed = sending.filter((message) => message.state === 'failed');
    kept.write(failedKey, failed.length === 0 ? null : JSON.stringify(failed));
  }

  function reply(conversationId: string, text: string, attachments: readonly AttachmentRef[] = []) {
    const files = attachments.length === 0 ? {} : { attachments: [...attachments] };
    write('reply', { op: 'message.send', conversationId, text, ...files });
    teller.said();
    closings.undo(conversationId);
    store.getState().newFrom.delete(conversationId);
  }

  function addNote(conversationId: string, text: string, mentions: readonly string[] = []) {
    const called = mentions.length === 0 ? {} : { mentions: [...mentions] };
    write('note', { op: 'note.add', conversationId, text, ...called });
  }

  function write(kind: MessageKind, body: Extract<AgentCommand, { op: 'message.send' | 'note.add' }>) {
    const { op: _op, ...said } = body;
    const { cid, answer } = connection.send(body);
    const message: SendingMessage = {
      cid,
      kind,
      ...said,
      at: connection.hubNow(),
      state: 'sending',
      code: null,
      message: '',
    };
    store.setState({ sending: [...store.getState().sending, message] });
    whose.note(said.conversationId);
    drafts[kind].write(said.conversationId, '');
    // Refused before it was in the outbox: `answered` is not called for that.
    void answer.then((result) => {
      if (!result.ok && (result.code === 'outboxFull' || isFrameFault(result.code))) {
        setSending(
          store
            .getState()
            .sending.map((each) => (each.cid === cid ? { ...each, state: 'failed', code: result.code } : each)),
        );
      }
    });
  }

  async function loadEarlier(conversationId: string): Promise<boolean> {
    const { messages, hasEarlier } = store.getState();
    const before = messages.get(conversationId)?.[0]?.messageId;
    if (before === undefined || !hasEarlier.has(conversationId)) return true;
    const body = { op: 'conversation.earlier', conversationId, before } as const;
    const answer = await connection.send(body, { fleeting: true }).answer;
    if (!answer.ok) return false;
    const page = answer.result as unknown as MessagePage<MessageView>;
    const now = store.getState();
    const known = now.messages.get(conversationId);
    // A snapshot may have come meanwhile, which begins anew.
    if (known?.[0]?.messageId !== before) return true;
    now.messages.set(conversationId, [...page.messages, ...known]);
    if (!page.earlier) now.hasEarlier.delete(conversationId);
    store.setState({ messagesRevision: now.messagesRevision + 1 });
    return true;
  }

  function discardReply(cid: string) {
    setSending(store.getState().sending.filter((message) => message.cid !== cid));
  }

  return {
    deviceId: options.deviceId,
    store,
    drafts,
    fileDrafts,
    transfer,
    start: () => connection.start(),
    stop,
    async signOut() {
      await endDevice();
      stop();
      kept.empty();
    },
    retryNow: () => connection.retryNow(),
    probe: () => connection.probe(),
    hubNow: () => connection.hubNow(),
    send,
    ask: (body) => connection.send(body, { fleeting: true }).answer,
    select(conversationId) {
      const { selectedId, messages, newFrom } = store.getState();
      if (selectedId === conversationId) return;
      if (selectedId !== null) {
        newFrom.delete(selectedId);
        if (!store.getState().conversations.has(selectedId)) messages.delete(selectedId);
      }
      store.setState({ selectedId: conversationId, ghost: null, selectedErased: false });
      watch();
    },
    reply,
    addNote,
    retryReply(cid) {
      const failed = store.getState().sending.find((message) => message.cid === cid);
      if (!failed) return;
      discardReply(cid);
      // Who may not see it any more is not called again.
      const mentions = failed.code === 'unknownMention' ? [] : failed.mentions;
      if (failed.kind === 'note') addNote(failed.conversationId, failed.text, mentions);
      else reply(failed.conversationId, failed.text, failed.attachments);
    },
    editReply(cid) {
      const { sending } = store.getState();
      const failed = sending.find((message) => message.cid === cid);
      if (!failed) return;
      const draft = drafts[failed.kind];
      const typed = draft.read(failed.conversationId);
      draft.write(failed.conversationId, [typed, failed.text].filter((each) => each !== '').join('\n'));
      const files = failed.attachments?.length ? [{ ...failed, text: '', code: null, message: '' }] : [];
      setSending(sending.flatMap((message) => (message === failed ? files : [message])));
    },
    discardReply,
    loadEarlier,
    close(conversationId, wrapUpCode) {
      const wrapUp = wrapUpCode === null ? {} : { wrapUpCode };
      return closings.begin(conversationId, () => send({ op: 'conversation.close', conversationId, ...wrapUp }));
    },
    seeTo: (leftMessageId) => closings.begin(leftMessageId, () => send({ op: 'leftMessage.done', leftMessageId })),
    keepOpen: (id) => void closings.undo(id),
    typed(conversationId, text) {
      if (typingIn !== conversationId) teller.typed(true);
      typingIn = conversationId;
      teller.typed(text === '');
    },
    read(conversationId, messageId) {
      const { link, me, conversations } = store.getState();
      const conversation = conversations.get(conversationId);
      if (link.state !== 'up' || conversation?.stage !== 'active' || conversation.agentId !== me?.agentId) return;
      if (readUpTo.get(conversationId) === messageId) return;
      readUpTo.set(conversationId, messageId);
      connection.signal({ type: 'seen', conversationId, messageId });
    },
    looked(conversationId) {
      const { newFrom, messagesRevision } = store.getState();
      if (newFrom.delete(conversationId)) store.setState({ messagesRevision: messagesRevision + 1 });
    },
  };
}

/** Replies and notes of before a reload that are still on their way. */
function pendingReplies(entries: readonly OutboxEntry<AgentCommand>[]): SendingMessage[] {
  return entries.flatMap(({ cid, at, body }): SendingMessage[] => {
    if (body.op !== 'message.send' && body.op !== 'note.add') return [];
    const { op, ...said } = body;
    return [
      { cid, kind: op === 'note.add' ? 'note' : 'reply', ...said, at, state: 'sending', code: null, message: '' },
    ];
  });
}

function readFailed(keep: Keep, key: string): SendingMessage[] {
  try {
    const value: unknown = JSON.parse(keep.read(key) ?? '[]');
    return Array.isArray(value) ? (value as SendingMessage[]).filter((each) => typeof each?.text === 'string') : [];
  } catch {
    return [];
  }
}
