import type { LinkState } from '../../../../shared/client/link-state';
import type { AgentEvent } from '../../../../shared/protocol/agent-wire';
import type { MessagePage } from '../../../../shared/protocol/message-page';
import type { MessageView } from '../../../../shared/protocol/views';
import type { Notice, OfficeState, ReadProblem, SendingMessage } from '../office-state';

/** Every change of the client's state: events of the hub, and what happens on this page. */
export type OfficeChange =
  | { kind: 'linkChanged'; link: LinkState }
  | { kind: 'welcomed'; me: NonNullable<OfficeState['me']>; customerUrl: string }
  /** `isSeen`: the agent has the conversation that the event is about before them. */
  | { kind: 'hubEvent'; event: AgentEvent; isSeen: boolean }
  /** `snapshot` null: resumed, so the missed events have been replayed already. `seenId`: before the agent. */
  | { kind: 'caughtUp'; snapshot: OfficeState | null; seenId: string | null }
  /** `isTheirs`: whether a conversation, by its id, belongs to one of these customers. */
  | { kind: 'customersErased'; customerIds: ReadonlySet<string>; isTheirs: (conversationId: string) => boolean }
  | { kind: 'selected'; conversationId: string | null }
  /** The agent has it before them. */
  | { kind: 'seen'; conversationId: string }
  | { kind: 'looked'; conversationId: string }
  | { kind: 'readProblem'; problem: ReadProblem | null }
  /** `before`: the first loaded message at the time of the request. */
  | { kind: 'earlierLoaded'; conversationId: string; before: string; page: MessagePage<MessageView> }
  | { kind: 'typingChanged'; conversationId: string; on: boolean }
  | { kind: 'closingChanged'; closing: OfficeState['closing'] }
  | { kind: 'noticed'; notice: Notice }
  /** `unsent`: commands without an answer, but for fleeting ones. */
  | { kind: 'outboxChanged'; unsent: number }
  | SendingChange;

/** The states of an optimistic reply or note. */
export type SendingChange =
  /** From before a reload. */
  | { kind: 'sendingRestored'; messages: readonly SendingMessage[] }
  | { kind: 'sendingAdded'; message: SendingMessage }
  | { kind: 'sendingTaken'; cid: string }
  | { kind: 'sendingFailed'; cid: string; code: string; message: string }
  | { kind: 'sendingDiscarded'; cid: string }
  /** Its text goes back to the composer; its files stay with it. */
  | { kind: 'sendingWordsTaken'; cid: string }
  | { kind: 'sendingErased'; isTheirs: (conversationId: string) => boolean };
