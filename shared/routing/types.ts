/** The types of the routing core. Everything is plain JSON; times are epoch milliseconds (`…At`, `…By`, `…Until`). */

export type AgentStatus = 'online' | 'busy' | 'shortBreak' | 'offline';
/** `assisted`: with its group's assistant (BO1). `offered`: ringing at an agent. */
export type StageName = 'assisted' | 'waiting' | 'offered' | 'active' | 'closed';
export type ClosedBy = 'agent' | 'customer' | 'system';
export type OfferOutcome = 'accepted' | 'declined' | 'timedOut' | 'withdrawn';
type AssignedHow = 'accepted' | 'automatic' | 'claimed' | 'transferred';

export interface Settings {
  routing: {
    agentPriority: boolean;
    lastReceptionist: boolean;
    lastReceptionistDays: number;
    lastReceptionistHoldSeconds: number;
    priorityHoldSeconds: number;
    agentsMayClaim: boolean;
    claimBeyondCapacity: boolean;
    transferBeyondCapacity: boolean;
  };
  reception: {
    automatic: boolean;
    agentMayChoose: boolean;
    redirect: { enabled: boolean; afterSeconds: number };
    shortBreak: { enabled: boolean; afterSeconds: number; misses: number; endAfterSeconds: number };
    maxRedirects: number;
    roundPauseSeconds: number;
  };
  presence: { offerGraceSeconds: number; conversationGraceSeconds: number; awayAfterMinutes: number };
  queue: {
    maxWaitSeconds: number;
    afterMaxWait: 'leaveMessage' | 'end';
    whenNobodyOnline: 'wait' | 'leaveMessage';
  };
  /** BO3 */
  assistant: { answerWithinSeconds: number };
  unanswered: { alertMinutes: number };
  wrapUpSeconds: number;
  customerSilenceSeconds: number;
  /** RO1; 0: ended conversations stay ended. */
  reopenMinutes: number;
  /** Texts for the customer. `null`: the built-in text in the customer's language; `''`: no text. */
  texts: { redirected: string | null; outsideHours: string | null; silenceNotice: string | null };
}

export type DeepPartial<T> = T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;
export type SettingsPatch = DeepPartial<Settings>;
/** What a group may override: everything but `presence` (SE1). */
export type GroupSettingsPatch = Omit<SettingsPatch, 'presence'>;

/** A status to take once the last conversation has ended (ID2). */
export type StatusAfterThis = Exclude<AgentStatus, 'online'>;

export interface Membership {
  groupId: string;
  /** 1 is first (CH2). */
  priority: number;
}

// ---------------------------------------------------------------- commands

interface CommandShapes {
  'settings.update': { settings: SettingsPatch };
  'group.put': { groupId: string; name: string; settings?: GroupSettingsPatch };
  'group.remove': { groupId: string; moveTo?: string };
  'group.open': { groupId: string; open: boolean };
  'agent.put': { agentId: string; name: string; capacity: number; groups: Membership[] };
  'agent.remove': { agentId: string };
  'agent.connect': { agentId: string };
  'agent.disconnect': { agentId: string };
  'agent.status': { agentId: string; status: AgentStatus; reason?: string; by?: string };
  /** ID1: the agent's machine has been idle for as long as the setting says. */
  'agent.idle': { agentId: string };
  /** ID2; null: stay as they are. */
  'agent.afterThis': { agentId: string; status: StatusAfterThis | null; reason?: string };
  'agent.reception': { agentId: string; automatic: boolean | null };
  /** BO1: the assistant of these groups, a program that speaks first. A group has one at most. */
  'assistant.put': { assistantId: string; name: string; groupIds: string[] };
  'assistant.remove': { assistantId: string };
  'assistant.connect': { assistantId: string };
  'assistant.disconnect': { assistantId: string };
  'conversation.open': {
    conversationId: string;
    customerId: string;
    groupId: string;
    /** 0 (highest) to 9; default 5 (QU1). */
    priority?: number;
    channel?: string;
    /** TR5: begun by this agent, who has it at once. */
    agentId?: string;
  };
  /** RO1: by its customer, or by this agent, who has it at once. */
  'conversation.reopen': { conversationId: string; agentId?: string };
  'conversation.leave': { conversationId: string };
  'offer.accept': { agentId: string; offerId: string };
  'offer.decline': { agentId: string; offerId: string; reason?: string };
  'conversation.ack': { agentId: string; conversationId: string };
  'message.sent': {
    conversationId: string;
    from: 'agent' | 'customer' | 'assistant';
    agentId?: string;
    assistantId?: string;
    /** UN1: when the first of the customer's words came that the agent had not seen. Absent: all were seen. */
    unseenSince?: number;
  };
  /** BO2: to people, by this assistant; without one by the customer. */
  'conversation.handOver': {
    conversationId: string;
    assistantId?: string;
    groupId?: string;
    /** 0 (highest) to 9; absent: as it was. */
    priority?: number;
    note?: string;
  };
  /** BO4: to the assistant of its group, by the agent who has it. */
  'conversation.handBack': { agentId: string; conversationId: string };
  'conversation.claim': { agentId: string; conversationId: string; force?: boolean };
  'conversation.transfer': {
    agentId: string;
    conversationId: string;
    to: { agentId: string } | { groupId: string };
    note?: string;
    force?: boolean;
  };
  'conversation.close': { conversationId: string; by: ClosedBy; agentId?: string };
  'wrapUp.done': { agentId: string; conversationId: string };
  /** LR5: drops the last receptionists of these customers, except those with an open conversation. */
  'receptionists.forget': { customerIds: string[] };
  /** LR5: `wroteAt`: when they last wrote to the customer. */
  'receptionist.recall': { customerId: string; receptionistId: string; wroteAt: number };
  'hub.started': Record<never, never>;
  tick: { sleptMs?: number };
}

export type CommandType = keyof CommandShapes;
/** One command by its type; `at` is epoch milliseconds and never decreases (TM1). */
export type CommandOf<T extends CommandType> = { type: T; at: number } & CommandShapes[T];
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType];

// ------------------------------------------------------------------ events

/** Which rule chose: CH1 load, CH2 agent priority, LR2 last receptionist, TR1 claim, TR2 transfer. */
export type WhyRule = 'CH1' | 'CH2' | 'LR2' | 'TR1' | 'TR2';

export interface Skipped {
  offline: number;
  disconnected: number;
  busy: number;
  shortBreak: number;
  full: number;
  cooling: number;
  tried: number;
  lowerPriority: number;
}

/** Why this agent got it (EX1). The counts are of members of the conversation's group at that moment. */
export interface Why {
  rule: WhyRule;
  runnerUp: string | null;
  skipped: Skipped;
  /** Why people got it from the assistant (BO2, BO3). Absent: it was with none. */
  fromAssistant?: LeftAssistant;
}

/**
 * Why a conversation has left its assistant: the customer asked for a person, the assistant handed it over, an agent
 * took it, the assistant was silent for too long, its line was lost, or it no longer serves the group.
 */
export type LeftAssistant = 'askedForPerson' | 'handedOver' | 'claimed' | 'silent' | 'gone' | 'withdrawn';

/** The settings that an offer or automatic assignment keeps until it ends (SE1). */
export interface Terms {
  /** When it counts as a miss if unattended; null: never. */
  missAt: number | null;
  /** Misses in a row that lead to a short break; 0: short break was off. */
  misses: number;
  /** RD4's limit; 0: none. */
  maxRedirects: number;
  /** Whether a failure of this try counts for RD4 (it does not while only one member is able). */
  counts: boolean;
}

export type StatusCause = 'self' | 'supervisor' | 'timeout' | 'graceEnded' | 'breakEnded' | 'idle';
type DisconnectCause = 'command' | 'notAcknowledged';
/** `reopened`: it had ended (RO1). `switched`: from its assistant to people (BO2, BO3). */
type QueuedReason = 'opened' | 'reopened' | 'switched' | 'transferred' | 'moved';
type ReturnedReason =
  | 'timedOut'
  | 'notAcknowledged'
  | 'leftOnline'
  | 'graceEnded'
  | 'agentRemoved'
  | 'groupLeft'
  | 'senderGone';
type FlaggedReason = 'redirects' | 'unanswered';
type ClosedReason = 'ended' | 'left' | 'maxWait' | 'customerSilent';

interface EventShapes {
  'settings.updated': { settings: Settings };
  'group.put': { groupId: string; name: string; settings: GroupSettingsPatch };
  'group.removed': { groupId: string };
  'group.opened': { groupId: string; open: boolean };
  /** Whether any agent of the group has the status `online`. `alert`: supervisors must be told (SB4, HR2). */
  'group.staffed': { groupId: string; staffed: boolean; alert: boolean };
  'agent.put': { agentId: string; name: string; capacity: number; groups: Membership[] };
  'agent.removed': { agentId: string };
  'agent.connected': { agentId: string; takeover: boolean };
  'agent.disconnected': { agentId: string; cause: DisconnectCause };
  'agent.changed': {
    agentId: string;
    status: AgentStatus;
    cause: StatusCause;
    /** With cause `timeout`: the conversation that was missed. */
    conversationId?: string;
    /** With cause `graceEnded`: the conversations returned to the queue. */
    conversationIds?: string[];
    reason?: string;
    by?: string;
  };
  'agent.afterThisSet': { agentId: string; status: StatusAfterThis | null; reason?: string };
  'agent.receptionChanged': { agentId: string; automatic: boolean | null };
  /** AR4: the agent gets no conversation before `until`. */
  'agent.paced': { agentId: string; until: number };
  'agent.paceEnded': { agentId: string };
  'assistant.put': { assistantId: string; name: string; groupIds: string[] };
  'assistant.removed': { assistantId: string };
  'assistant.connected': { assistantId: string; takeover: boolean };
  'assistant.disconnected': { assistantId: string };
  'conversation.queued': {
    conversationId: string;
    customerId: string;
    channel: string;
    groupId: string;
    priority: number;
    enqueuedAt: number;
    seq: number;
    reason: QueuedReason;
    /** With reason `transferred`: the sender. */
    agentId?: string;
    /** With reason `switched`. */
    fromAssistant?: LeftAssistant;
    assistantId?: string;
    note?: string;
    /** No agent of the group is online: a setting says what the customer sees (HR2), and a sender is warned (TR2). */
    nobodyOnline?: true;
  };
  /** It begins with its group's assistant (BO1), or an agent hands it back (BO4). */
  'conversation.assisted': {
    conversationId: string;
    customerId: string;
    channel: string;
    groupId: string;
    assistantId: string;
    priority: number;
    enqueuedAt: number;
    seq: number;
    /** Handed back by this agent. Absent: it begins. */
    agentId?: string;
  };
  'conversation.attached': { conversationId: string; customerId: string; channel: string; requestedId: string };
  /** An open conversation changed its group without changing hands (group removal). */
  'conversation.moved': { conversationId: string; groupId: string };
  'conversation.assigned': {
    conversationId: string;
    agentId: string;
    how: AssignedHow;
    groupId: string;
    why: Why;
    offerId?: string;
    /** The previous agent: the sender of a transfer, or the one it was claimed from. */
    fromAgentId?: string;
    /** Automatic reception only: deadlines to confirm (AR2) and to reply (RD1). */
    ackBy?: number;
    attendBy?: number | null;
    terms?: Terms;
  };
  'conversation.acknowledged': { conversationId: string; agentId: string };
  /** Back in the queue from an agent. */
  'conversation.returned': {
    conversationId: string;
    agentId: string;
    reason: ReturnedReason;
    priority: number;
    miss: boolean;
  };
  /** A transfer was not accepted: it is active with the sender again (TR2). */
  'conversation.transferFailed': {
    conversationId: string;
    agentId: string;
    targetAgentId: string;
    outcome: OfferOutcome;
  };
  /** An unanswered automatic assignment reached its miss time and stays (SB1). */
  'conversation.missed': { conversationId: string; agentId: string; miss: boolean };
  'conversation.message': {
    conversationId: string;
    from: 'agent' | 'customer' | 'assistant';
    agentId?: string;
    assistantId?: string;
    /** UN1: the agent's message leaves the customer's words from then on unanswered. Absent: none. */
    unseenSince?: number;
  };
  'conversation.held': { conversationId: string; rule: 'CH3' | 'LR3'; until: number };
  'conversation.holdEnded': { conversationId: string; rule: 'CH3' };
  'conversation.preferenceDropped': { conversationId: string; agentId: string };
  'conversation.roundStarted': { conversationId: string };
  'conversation.coolingEnded': { conversationId: string; agentId: string };
  'conversation.throttled': { conversationId: string; until: number };
  'conversation.throttleEnded': { conversationId: string };
  'conversation.flagged': { conversationId: string; reason: FlaggedReason };
  'conversation.silenceNoticed': { conversationId: string };
  /** UN1: the customer's words have no answer; `agentId`: who has the conversation, if anybody. */
  'conversation.overdue': { conversationId: string; to: 'agent' | 'supervisors'; agentId?: string };
  'conversation.closed': {
    conversationId: string;
    by: ClosedBy;
    reason: ClosedReason;
    /** The agent who had it, if any. */
    agentId?: string;
    /** The agent who closed it, if one did. */
    closedByAgentId?: string;
    /** With reason `maxWait`: what the customer's page offers next (QU6). */
    afterwards?: 'leaveMessage' | 'end';
  };
  'offer.made': {
    offerId: string;
    conversationId: string;
    agentId: string;
    kind: 'routed' | 'transfer';
    /** null: rings without a limit (RD5). */
    deadline: number | null;
    why: Why;
    terms: Terms;
    fromAgentId?: string;
    note?: string;
  };
  'offer.ended': {
    offerId: string;
    conversationId: string;
    agentId: string;
    outcome: OfferOutcome;
    /** Counts as a miss for the agent (SB1). */
    miss: boolean;
    reason?: string;
  };
  /** The offer's miss time has passed, but it goes on ringing (SB1 without redirect, or with a later one). */
  'offer.missed': { offerId: string; conversationId: string; agentId: string; miss: boolean };
  'wrapUp.started': { agentId: string; conversationId: string; groupId: string };
  'wrapUp.ended': { agentId: string; conversationId: string };
  /** LR5. */
  'receptionists.forgotten': { customerIds: string[] };
  'receptionist.recalled': { customerId: string; receptionistId: string; wroteAt: number };
  'hub.started': Record<never, never>;
}

export type RoutingEventType = keyof EventShapes;
/** One recorded event by its type. Plain JSON and complete: `apply` over all of them rebuilds the state (I10). */
export type RoutingEventOf<T extends RoutingEventType> = { type: T; at: number } & EventShapes[T];
export type RoutingEvent = { [T in RoutingEventType]: RoutingEventOf<T> }[RoutingEventType];

// ---------------------------------------------------------------- refusals

export type RefusalCode =
  | 'commandUnknown'
  | 'commandInvalid'
  | 'timeBackwards'
  | 'settingInvalid'
  | 'unknownAgent'
  | 'unknownGroup'
  | 'unknownAssistant'
  | 'unknownConversation'
  | 'unknownOffer'
  | 'offerGone'
  | 'conversationClosed'
  | 'conversationExists'
  | 'conversationNotActive'
  | 'groupNotEmpty'
  | 'groupClosed'
  | 'agentFull'
  | 'agentUnavailable'
  | 'agentDisconnected'
  | 'assistantDisconnected'
  | 'groupHasAssistant'
  | 'notAssisted'
  | 'notAMember'
  | 'notAllowed'
  | 'notYours'
  | 'alreadyTaken'
  | 'alreadyYours'
  | 'tooManyOffers'
  | 'unknownWrapUp';

/** The present state, for the client of the refused command to show. */
export interface RefusalNow {
  stage?: StageName;
  conversationId?: string;
  agentId?: string;
  offerId?: string;
  outcome?: OfferOutcome;
  closedBy?: ClosedBy;
  status?: AgentStatus;
  openConversations?: number;
}

export interface Refusal {
  code: RefusalCode;
  message: string;
  field?: string;
  now?: RefusalNow;
}

// ------------------------------------------------------------------- views

export interface QueueEntryView {
  conversationId: string;
  groupId: string;
  priority: number;
  enqueuedAt: number;
}

export interface ConversationView {
  stage: StageName;
  groupId: string;
  customerId: string;
  channel: string;
  priority: number;
  enqueuedAt: number;
  agentId?: string;
  /** Assisted only. */
  assistantId?: string;
  /** Ringing transfers only: the sender. */
  fromAgentId?: string;
  offerId?: string;
  deadline?: number | null;
  attendBy?: number;
  flagged: boolean;
  /** UN1: who was last told that the customer's words have no answer. */
  overdue?: 'agent' | 'supervisors';
}

export interface AgentView {
  name: string;
  status: AgentStatus;
  connected: boolean;
  load: number;
  capacity: number;
  missedInARow: number;
  wrapUps: string[];
  automatic: boolean | null;
  groups: Membership[];
  /** Why they have this status, as they said themself (ID3). */
  reason?: string;
  afterThis?: { status: StatusAfterThis; reason?: string };
}

export interface GroupView {
  name: string;
  open: boolean;
  settings: GroupSettingsPatch;
  waiting: number;
  members: number;
  able: number;
}

export interface AssistantView {
  name: string;
  connected: boolean;
  groupIds: string[];
  /** How many conversations are with it. */
  assisting: number;
}

export interface RoutingView {
  queue: QueueEntryView[];
  conversations: Record<string, ConversationView>;
  agents: Record<string, AgentView>;
  groups: Record<string, GroupView>;
  assistants: Record<string, AssistantView>;
  settings: Settings;
}

/** QU5. */
export interface QueuePosition {
  /** Among all conversations waiting or ringing in its group; 1 is next. */
  position: number;
  /**
   * `nobodyHere`: no agent of the group is online and connected. `unknown`: fewer than three waits are known. `about`: a
   * multiple of 30 s. `longer`: the queue stands still for longer than any of the known waits took for one place.
   */
  wait: { kind: 'nobodyHere' } | { kind: 'unknown' } | { kind: 'about'; ms: number } | { kind: 'longer' };
}
