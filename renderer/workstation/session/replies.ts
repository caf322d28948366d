import { type Answer, isFrameFault } from '../../../shared/client/answer';
import type { Connection } from '../../../shared/client/connection';
import type { OutboxEntry } from '../../../shared/client/outbox';
import type { AgentWire, CommandBody } from '../../../shared/client/wire';
import type { AttachmentRef } from '../../../shared/protocol/attachments';
import type { PageStorage } from '../services/page-storage';
import type { Drafts } from './drafts';
import type { MessageKind, OfficeState, SendingMessage } from './office-state';
import type { OfficeStore } from './office-store';

/** Replies to customers and notes to colleagues: both are optimistic updates that survive a reload until answered. */
export interface Replies {
  reply(conversationId: string, text: string, attachments?: readonly AttachmentRef[]): void;
  /** `mentions`: colleagues who are notified. */
  addNote(conversationId: string, text: string, mentions?: readonly string[]): void;
  /** Sends a failed reply or note again. */
  retryReply(cid: string): void;
  /** Puts the text of a failed reply or note back into its draft, below the present one; its files stay. */
  editReply(cid: string): void;
  discardReply(cid: string): void;
}

type WriteCommand = Extract<CommandBody<AgentWire>, { op: 'message.send' | 'note.add' }>;

export interface ReplyPorts {
  store: OfficeStore;
  connection: Connection<AgentWire>;
  drafts: Readonly<Record<MessageKind, Drafts>>;
  storage: PageStorage;
  deviceId: string;
  /** Called before a message is added to the store. */
  kept(conversationId: string): void;
  /** Called when a reply has been sent. */
  replied(conversationId: string): void;
}

export function createReplies(
  ports: ReplyPorts,
): Replies & { answered(entry: OutboxEntry<CommandBody<AgentWire>>, answer: Answer): void } {
  const { store, connection, drafts } = ports;
  const messages = [...keepFailed(store, ports.storage, `failed.${ports.deviceId}`), ...unanswered(connection.outbox)];
  store.dispatch({ kind: 'sendingRestored', messages });

  function reply(conversationId: string, text: string, attachments: readonly AttachmentRef[] = []) {
    const files = attachments.length === 0 ? {} : { attachments: [...attachments] };
    write({ op: 'message.send', conversationId, text, ...files, ...seenBy(store.getState(), conversationId) });
    ports.replied(conversationId);
  }

  function addNote(conversationId: string, text: string, mentions: readonly string[] = []) {
    const mentioned = mentions.length === 0 ? {} : { mentions: [...mentions] };
    write({ op: 'note.add', conversationId, text, ...mentioned });
  }

  function write(body: WriteCommand) {
    const { conversationId } = body;
    const { cid, answer } = connection.send(body);
    const message = sendingMessage(cid, body);
    ports.kept(conversationId);
    store.dispatch({ kind: 'sendingAdded', message });
    drafts[message.kind].write(conversationId, '');
    // `answered` is not called for what was refused before it was in the outbox.
    void answer.then((result) => {
      if (!result.ok && (result.code === 'outboxFull' || isFrameFault(result.code))) failed(cid, result.code, '');
    });
  }

  function failed(cid: string, code: string, message: string) {
    store.dispatch({ kind: 'sendingFailed', cid, code, message });
    const failure = failedMessage(cid);
    const { selectedId, conversations, recentlyGone } = store.getState();
    if (!failure || failure.conversationId === selectedId) return;
    const { conversationId, kind } = failure;
    const { customerName: name = '' } = conversations.get(conversationId) ?? recentlyGone.get(conversationId) ?? {};
    const params = { name, outcome: kind };
    store.dispatch({ kind: 'noticed', notice: { code: 'notSent', conversationId, params } });
  }

  function discardReply(cid: string) {
    store.dispatch({ kind: 'sendingDiscarded', cid });
  }

  function failedMessage(cid: string) {
    const message = store.getState().sending.find((each) => each.cid === cid);
    return message?.state === 'failed' ? message : null;
  }

  return {
    reply,
    addNote,
    retryReply(cid) {
      const message = failedMessage(cid);
      if (!message) return;
      discardReply(cid);
      const { kind, conversationId, text, attachments, mentions } = message;
      if (kind === 'reply') reply(conversationId, text, attachments);
      // A mentioned colleague may not see the conversation any more; without mentions the note is accepted.
      else addNote(conversationId, text, message.code === 'unknownMention' ? [] : mentions);
    },
    editReply(cid) {
      const message = failedMessage(cid);
      if (!message) return;
      const draft = drafts[message.kind];
      const typed = draft.read(message.conversationId);
      draft.write(message.conversationId, [typed, message.text].filter((each) => each !== '').join('\n'));
      store.dispatch({ kind: 'sendingWordsTaken', cid });
    },
    discardReply,
    answered({ cid, body }, answer) {
      if (body.op !== 'message.send' && body.op !== 'note.add') return;
      if (answer.ok) store.dispatch({ kind: 'sendingTaken', cid });
      else failed(cid, answer.code, answer.message);
    },
  };
}

/** Without a link the customer may write before a reply is sent, and it does not answer that. */
function seenBy({ link, messages }: OfficeState, conversationId: string): { after?: string } {
  const last = messages.get(conversationId)?.at(-1);
  return link.state === 'up' || !last ? {} : { after: last.messageId };
}

function sendingMessage(cid: string, { op, ...written }: WriteCommand): SendingMessage {
  return { cid, kind: op === 'note.add' ? 'note' : 'reply', ...written, state: 'sending' };
}

/** Replies and notes from before a reload that have no answer yet. */
function unanswered(entries: readonly OutboxEntry<CommandBody<AgentWire>>[]): SendingMessage[] {
  return entries.flatMap(({ cid, body }) =>
    body.op === 'message.send' || body.op === 'note.add' ? [sendingMessage(cid, body)] : [],
  );
}

/** Stores failed messages whenever they change. Returns those from before a reload. */
function keepFailed(store: OfficeStore, storage: PageStorage, key: string): SendingMessage[] {
  let kept = storage.read(key);
  let before = store.getState().sending;
  const restored = readFailed(kept);
  store.subscribe(({ sending }) => {
    if (sending === before) return;
    before = sending;
    const failed = sending.filter(({ state }) => state === 'failed');
    const text = failed.length === 0 ? null : JSON.stringify(failed);
    if (text !== kept) storage.write(key, text);
    kept = text;
  });
  return restored;
}

function readFailed(text: string | null): SendingMessage[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? (value as SendingMessage[]).filter((each) => typeof each?.text === 'string') : [];
  } catch {
    return [];
  }
}
