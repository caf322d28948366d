import type { Answer } from '../../../shared/client/answer';
import type { Connection } from '../../../shared/client/connection';
import type { Transfer } from '../../../shared/client/transfer';
import type { AgentWire, CommandBody, ResultOf } from '../../../shared/client/wire';
import type { AgentEvent, AgentOp } from '../../../shared/protocol/agent-wire';
import { type PageStorage, storagePart } from '../services/page-storage';
import { type Accepting, createAccepting } from './accepting';
import { createAcknowledging } from './acknowledging';
import { createAgentConnection, type HubAccess } from './agent-connection';
import { type Closings, createClosings } from './closings';
import { createHubFeed } from './hub-feed';
import { createLocalData, type LocalData } from './local-data';
import { createOfficeStore, type OfficeStore } from './office-store';
import { createReadReceipts, type ReadReceipts } from './read-receipts';
import { createReading, type Reading } from './reading';
import { createReplies, type Replies } from './replies';
import { endDevice } from './sign-out';
import { createTyping, type Typing } from './typing';

export interface SessionOptions extends HubAccess {
  transfer: Transfer;
  storage: PageStorage;
  /** The window is visible and in front. */
  isInFront(): boolean;
}

export type AgentCommand = CommandBody<AgentWire>;

/** An agent's connection to a hub: the client's state and everything the agent can do. */
export interface Session
  extends Reading,
    Pick<ReadReceipts, 'read'>,
    Replies,
    Accepting,
    Pick<Closings, 'close' | 'chosenCode' | 'markDone' | 'keepOpen'>,
    Pick<Typing, 'typed'>,
    Pick<LocalData, 'drafts' | 'unsent' | 'fileDrafts' | 'transfer'>,
    Pick<Connection<AgentWire>, 'start' | 'retryNow' | 'probe' | 'hubNow'> {
  /** The device this page runs on. */
  deviceId: string;
  store: OfficeStore;
  stop(): void;
  /** Ends this device at the hub, if it answers soon, and clears what is stored here. */
  signOut(): Promise<void>;
  /** Sends a command that is kept over reconnects and reloads. Resolves when the hub has answered. */
  send<Op extends AgentOp>(body: AgentCommand & { op: Op }): Promise<Answer<ResultOf<AgentWire, Op>>>;
  /** Sends a command that is useful only now: it is not kept, and refused with `linkLost` when the link is lost. */
  ask<Op extends AgentOp>(body: AgentCommand & { op: Op }): Promise<Answer<ResultOf<AgentWire, Op>>>;
}

export function createSession(options: SessionOptions): Session {
  const { clock, deviceId } = options;
  const storage = storagePart(options.storage);
  const store = createOfficeStore();
  const local = createLocalData(options.transfer, storage, store);
  const feed = createHubFeed({
    store,
    isSeen: (id) => reading.isShown(id) && options.isInFront(),
    isOfOne: local.isOfOne,
    erased: local.erase,
  });
  const connection: Connection<AgentWire> = createAgentConnection(options, storage, {
    link: (link) => store.dispatch({ kind: 'linkChanged', link }),
    welcome: feed.welcome,
    event: happened,
    caughtUp() {
      feed.caughtUp();
      reading.caughtUp();
      readReceipts.caughtUp();
      acknowledging.caughtUp();
    },
    signal: ({ conversationId, on }) => typing.heard(conversationId, on),
    outbox: (entries) =>
      store.dispatch({ kind: 'outboxChanged', unsent: entries.filter((entry) => !entry.fleeting).length }),
    answered: (entry, answer) => replies.answered(entry, answer),
  });
  const send = <Op extends AgentOp>(body: AgentCommand & { op: Op }) => connection.send<Op>(body).answer;
  const reading = createReading(store, connection, storage);
  const readReceipts = createReadReceipts(store, connection);
  const acknowledging = createAcknowledging(store, connection);
  const typing = createTyping(clock, store, connection);
  const closings = createClosings(clock, store, send);
  const replies = createReplies({
    ...{ store, connection, drafts: local.drafts, storage, deviceId, kept: local.noteCustomer },
    replied(conversationId) {
      typing.sent();
      closings.keepOpen(conversationId);
    },
  });

  /** Applies an event of the hub to the store and to what is in progress here (typing, closings, uploads). */
  function happened(event: AgentEvent) {
    feed.event(event);
    switch (event.name) {
      case 'message.added':
        if (event.message.from.kind !== 'customer') return;
        typing.customerWrote(event.message.conversationId);
        return closings.customerWrote(event.message.conversationId);
      case 'conversation.changed':
        return acknowledging.conversationChanged(event.conversation);
      case 'leftMessage.removed':
        return void closings.keepOpen(event.leftMessageId);
      case 'conversation.removed':
        acknowledging.conversationRemoved(event.conversationId);
        typing.conversationRemoved(event.conversationId);
        closings.keepOpen(event.conversationId);
        local.fileDrafts.drop(event.conversationId);
    }
  }

  function stop() {
    closings.keepAllOpen();
    connection.stop();
  }

  const { start, retryNow, probe, hubNow } = connection;
  return {
    ...{ ...reading, read: readReceipts.read, ...replies, ...createAccepting(send), ...closings, ...typing, ...local },
    ...{ deviceId, store, start, stop, retryNow, probe, hubNow, send },
    ask: <Op extends AgentOp>(body: AgentCommand & { op: Op }) => connection.send<Op>(body, { fleeting: true }).answer,
    async signOut() {
      await endDevice(connection, clock, deviceId);
      stop();
      storage.empty();
    },
  };
}
