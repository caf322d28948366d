// What programs import as `@foyer/client` (README.md). Foyer's own pages import the files themselves, and so stay small.

export type { AgentEvent } from '../protocol/agent-wire';
export type { AssistantEvent, AssistedConversation } from '../protocol/assistant-wire';
export { type CloseName, closeCodes, closeName, finalCloseNames } from '../protocol/close-codes';
export type { CustomerEvent } from '../protocol/customer-wire';
export type { SignedIdentity } from '../protocol/identity';
export type { Refused } from '../protocol/session';
export type {
  AgentView,
  ConversationView,
  CustomerConversationView,
  CustomerMessageView,
  GroupView,
  MessageView,
} from '../protocol/views';
export type { Answer } from './answer';
export type { Clock } from './clock';
export { type ConnectOptions, connect } from './connect';
export type { Connection, ConnectionListener } from './connection';
export type { LinkState } from './link-state';
export { type OutboxEntry, type OutboxStorage, outboxEntriesMax } from './outbox';
export type { Transport, TransportLine, TransportListener } from './transport';
export { createTypingReceiver, createTypingSender } from './typing';
export type { SocketLike } from './web-socket-transport';
export type { AgentWire, AssistantWire, CommandBody, CustomerWire, HelloBody, ResultOf, Wire } from './wire';
