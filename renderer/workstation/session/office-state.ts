import type { LinkState } from '../../../shared/client/link-state';
import type { ApiTokenView } from '../../../shared/protocol/api-tokens';
import type { AttachmentRef } from '../../../shared/protocol/attachments';
import type { BlockView } from '../../../shared/protocol/blocks';
import type { CannedReplyView } from '../../../shared/protocol/canned-replies';
import type { Role } from '../../../shared/protocol/fields';
import type { RefusalView } from '../../../shared/protocol/refusals';
import type {
  AgentView,
  AssistantView,
  ConversationView,
  DeviceView,
  GroupView,
  HubFault,
  JoinView,
  LeftMessageView,
  MessageView,
  OfficeView,
} from '../../../shared/protocol/views';
import type { WebhookView } from '../../../shared/protocol/webhooks';
import type { Settings } from '../../../shared/routing/types';
import { Table } from './table';

/** A message to the customer, or a note to colleagues. */
export type MessageKind = 'reply' | 'note';

/** An optimistic message: a reply or note of this agent whose echo from the hub has not arrived yet. */
export type SendingMessage = WrittenMessage &
  (
    | { state: 'sending' }
    /** The refusal. `code` null: its text went back to the composer, its files are still here. */
    | { state: 'failed'; code: string | null; message: string }
  );

interface WrittenMessage {
  cid: string;
  kind: MessageKind;
  conversationId: string;
  text: string;
  /** Absent: none. */
  attachments?: readonly AttachmentRef[] | undefined;
  /** Colleagues whom a note mentions. Absent: none. */
  mentions?: readonly string[] | undefined;
}

/** What a customer wrote in one of this agent's conversations while the agent did not have it before them. */
export interface Unread {
  /** Messages. */
  count: number;
  /** The newest one's. */
  words: string;
  /** The conversation came to the agent by itself, and has not been looked at since. */
  arrived: boolean;
}

/** Something to tell the agent once, as a toast. */
export interface Notice {
  code: string;
  conversationId: string | null;
  params: Record<string, string>;
}

/** Why a conversation's messages could not be read. */
export interface ReadProblem {
  conversationId: string;
  code: string;
  message: string;
}

/** The client's state. Immutable: the reducer makes a new one for every change. */
export interface OfficeState {
  link: LinkState;
  /** Has caught up once. Before that panes show that they are loading, not that they are empty. */
  ready: boolean;
  me: { agentId: string; role: Role } | null;
  customerUrl: string;
  office: OfficeView | null;
  settings: Settings | null;
  groups: Table<GroupView>;
  agents: Table<AgentView>;
  devices: Table<DeviceView>;
  conversations: Table<ConversationView>;
  /** Messages of the conversations that were opened here; absent: not fetched. */
  messages: Table<readonly MessageView[]>;
  /** Conversations with earlier messages that are not loaded yet. */
  hasEarlier: ReadonlySet<string>;
  leftMessages: Table<LeftMessageView>;
  cannedReplies: Table<CannedReplyView>;
  /** Conversations that were closed or removed, the latest last: a wrap-up still refers to them (WU1). */
  recentlyGone: Table<ConversationView>;
  /** When this agent's wrap-ups began, as far as this page saw them begin. */
  wrapUpSince: ReadonlyMap<string, number>;
  selectedId: string | null;
  /** The selected conversation once it was closed or removed: kept readable until the selection changes. */
  selectedGone: ConversationView | null;
  /** The customers erased since the page was loaded: their conversations in search results are hidden. */
  erased: ReadonlySet<string>;
  /** The selected conversation's customer has been erased. */
  selectedErased: boolean;
  /** Why the selected conversation's messages could not be read. */
  readProblem: ReadProblem | null;
  /** By conversation, the message below the "new" line: the first one that arrived unseen. */
  newFrom: Table<string>;
  /** By conversation. */
  unread: Table<Unread>;
  sending: readonly SendingMessage[];
  /** Closings that can still be undone: by conversation or left message, when it takes effect, on the page's clock. */
  closing: ReadonlyMap<string, number>;
  /** Conversations whose customer is typing. */
  typing: ReadonlySet<string>;
  /** Commands in the outbox without an answer, but for fleeting ones. */
  unsent: number;
  notices: readonly Notice[];
  /** Devices that wait for a supervisor to let them in. */
  joins: readonly JoinView[];
  /** The certificates that desktops pin, the present one first; null: other machines don't reach the hub. */
  hubKey: { pins: readonly string[]; switchesAt: number | null } | null;
  /** The supervisor's own, and whether any supervisor has one (`office`); null: not told, as always to agents. */
  passphrase: { own: 'none' | 'short' | 'set'; office: boolean } | null;
  /** Faults of the hub itself; told to supervisors only. */
  faults: readonly HubFault[];
  /** Blocked customers; told to supervisors only. */
  blocks: readonly BlockView[];
  /** BO1; told to supervisors only. */
  assistants: readonly AssistantView[];
  /** The API: its tokens, and its addresses, this machine's first; told to supervisors only. */
  api: { apiTokens: readonly ApiTokenView[]; urls: readonly string[] };
  /** Told to supervisors only. */
  webhooks: readonly WebhookView[];
  /** Refusals to people who are not signed in; told to supervisors only. */
  refusals: readonly RefusalView[];
}

export function emptyOffice(): Pick<
  OfficeState,
  | 'office'
  | 'settings'
  | 'groups'
  | 'agents'
  | 'devices'
  | 'conversations'
  | 'messages'
  | 'hasEarlier'
  | 'leftMessages'
  | 'cannedReplies'
> {
  return {
    office: null,
    settings: null,
    groups: Table.empty(),
    agents: Table.empty(),
    devices: Table.empty(),
    conversations: Table.empty(),
    messages: Table.empty(),
    hasEarlier: new Set(),
    leftMessages: Table.empty(),
    cannedReplies: Table.empty(),
  };
}

export function initialOfficeState(): OfficeState {
  return {
    ...emptyOffice(),
    link: { state: 'idle' },
    ready: false,
    me: null,
    customerUrl: '',
    recentlyGone: Table.empty(),
    wrapUpSince: new Map(),
    selectedId: null,
    selectedGone: null,
    erased: new Set(),
    selectedErased: false,
    readProblem: null,
    newFrom: Table.empty(),
    unread: Table.empty(),
    sending: [],
    closing: new Map(),
    typing: new Set(),
    unsent: 0,
    notices: [],
    joins: [],
    passphrase: null,
    hubKey: null,
    faults: [],
    blocks: [],
    assistants: [],
    api: { apiTokens: [], urls: [] },
    webhooks: [],
    refusals: [],
  };
}
