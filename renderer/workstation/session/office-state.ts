import type { LinkState } from '../../../shared/client/link-state';
import type { AttachmentRef } from '../../../shared/protocol/attachments';
import type { BlockView } from '../../../shared/protocol/blocks';
import type { CannedReplyView } from '../../../shared/protocol/canned-replies';
import type { Role } from '../../../shared/protocol/fields';
import type { RefusalView } from '../../../shared/protocol/refusals';
import type {
  AgentView,
  ConversationView,
  DeviceView,
  GroupView,
  HubFault,
  JoinView,
  LeftMessageView,
  MessageView,
  OfficeView,
} from '../../../shared/protocol/views';
import type { Settings } from '../../../shared/routing/types';
import { Table } from './table';

/** What is written to a customer, or about them to colleagues. */
export type MessageKind = 'reply' | 'note';

/** A reply or note of mine that the hub has not shown me yet, in the order it was written. */
export type SendingMessage = WrittenMessage &
  (
    | { state: 'sending' }
    /** The refusal; no code: its words are edited elsewhere, its files are still here. */
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
  /** Own clock. */
  at: number;
}

/** Something to tell the person once; shown as a toast. */
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

/** What this workstation knows. Nothing in it is changed in place: the reducer replaces it. */
export interface OfficeState {
  link: LinkState;
  /** Has been caught up once: before that every pane is loading, not empty. */
  ready: boolean;
  me: { agentId: string; role: Role } | null;
  customerUrl: string;
  office: OfficeView | null;
  settings: Settings | null;
  groups: Table<GroupView>;
  agents: Table<AgentView>;
  devices: Table<DeviceView>;
  conversations: Table<ConversationView>;
  /** Messages of the conversations that were opened here; absent = not fetched. */
  messages: Table<readonly MessageView[]>;
  /** Conversations of which the hub holds more messages, before those here. */
  hasEarlier: ReadonlySet<string>;
  leftMessages: Table<LeftMessageView>;
  cannedReplies: Table<CannedReplyView>;
  /** What was here and is not any more, the latest last: a wrap-up is still about it (WU1). */
  recentlyGone: Table<ConversationView>;
  /** When my wrap-ups began, of those that this page saw begin. */
  wrapUpSince: ReadonlyMap<string, number>;
  selectedId: string | null;
  /** The selected conversation after it left this desk, kept to be read until it is put away. */
  selectedGone: ConversationView | null;
  /** Erased customers, as this page has been told: what it has found of theirs is shown no more. */
  erased: ReadonlySet<string>;
  /** The selected conversation's customer has been erased. */
  selectedErased: boolean;
  /** Why the selected conversation's messages could not be read. */
  readProblem: ReadProblem | null;
  /** Where the "new" line stands: the first message that came while the conversation was out of sight. */
  newFrom: Table<string>;
  sending: readonly SendingMessage[];
  /** When what is about to be closed is closed, on the page's own clock: by conversation or by left message. */
  closing: ReadonlyMap<string, number>;
  /** Conversations whose customer is typing. */
  typing: ReadonlySet<string>;
  /** Commands of any kind without an answer. */
  unsent: number;
  notices: readonly Notice[];
  /** Devices that wait for a supervisor's word. */
  joins: readonly JoinView[];
  /** By which certificates desktops know the hub, the present first; null: other machines don't reach it. */
  hubKey: { pins: readonly string[]; switchesAt: number | null } | null;
  /** A supervisor's own, and whether any supervisor has one; null: not told, as to all others. */
  passphrase: { own: 'none' | 'short' | 'set'; office: boolean } | null;
  /** What is wrong with the hub itself, for supervisors. */
  faults: readonly HubFault[];
  /** Customers from whom nothing is taken, for supervisors. */
  blocks: readonly BlockView[];
  /** What strangers are being refused; supervisors only. */
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
    refusals: [],
  };
}
