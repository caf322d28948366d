import type { LinkState } from '../../../../shared/client/link-state';
import type { AgentEvent } from '../../../../shared/protocol/agent-wire';
import type { MessagePage } from '../../../../shared/protocol/message-page';
import type { MessageView } from '../../../../shared/protocol/views';
import type { Notice, OfficeState, ReadProblem, SendingMessage } from '../office-state';

/** Everything that changes what this workstation knows: what the hub tells, and what happens on this page. */
export type OfficeChange =
  | { kind: 'linkChanged'; link: LinkState }
  | { kind: 'welcomed'; me: NonNullable<OfficeState['me']>; customerUrl: string }
  /** `isSeen`: the user can see the conversation that the event is about. */
  | { kind: 'hubEvent'; event: AgentEvent; isSeen: boolean }
  /** Null: the events that were missed have been replayed, nothing is to be replaced. */
  | { kind: 'caughtUp'; snapshot: OfficeState | null }
  /** `isTheirs` tells of a conversation by its id. */
  | { kind: 'customersErased'; customerIds: ReadonlySet<string>; isTheirs: (conversationId: string) => boolean }
  | { kind: 'selected'; conversationId: string | null }
  | { kind: 'looked'; conversationId: string }
  | { kind: 'readProblem'; problem: ReadProblem | null }
  /** `before`: the message that was the first when the page was asked for. */
  | { kind: 'earlierLoaded'; conversationId: string; before: string; page: MessagePage<MessageView> }
  | { kind: 'typingChanged'; conversationId: string; on: boolean }
  | { kind: 'closingChanged'; closing: OfficeState['closing'] }
  | { kind: 'noticed'; notice: Notice }
  /** `unsent`: commands without an answer. */
  | { kind: 'outboxChanged'; unsent: number }
  | SendingChange;

/** What becomes of a reply or note of mine. */
export type SendingChange =
  /** Of before a reload. */
  | { kind: 'sendingRestored'; messages: readonly SendingMessage[] }
  | { kind: 'sendingAdded'; message: SendingMessage }
  | { kind: 'sendingTaken'; cid: string }
  | { kind: 'sendingFailed'; cid: string; code: string; message: string }
  | { kind: 'sendingDiscarded'; cid: string }
  /** Its words are edited elsewhere; its files stay with it. */
  | { kind: 'sendingWordsTaken'; cid: string }
  | { kind: 'sendingErased'; isTheirs: (conversationId: string) => boolean };
