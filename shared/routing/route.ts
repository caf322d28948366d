import { assign } from './assign';
import * as assistant from './commands/assistant';
import {
  conversationAck,
  conversationClaim,
  conversationClose,
  conversationLeave,
  conversationOpen,
  conversationReopen,
  messageSent,
} from './commands/conversation';
import { conversationTransfer, offerAccept, offerDecline, offerMissing } from './commands/offer';
import { receptionistRecall, receptionistsForget } from './commands/receptionist';
import * as setup from './commands/setup';
import { refuse, shapeProblem, timeProblem } from './commands/validate';
import { endLongWaits, endWhatIsDue } from './due';
import { emit, type Run, setStatus } from './effects';
import { assertNever } from './must';
import type { RoutingState } from './state';
import type { Command, Refusal, RoutingEvent } from './types';

export interface RouteResult {
  /** In recording order; already applied to the state. */
  events: RoutingEvent[];
  /** The command was not executed and changed nothing; expired deadlines were still handled. */
  refusal: Refusal | null;
}

/**
 * Handles all deadlines up to the command's time, executes the command, assigns to a fixpoint (TM1, QU4). Never throws
 * because of a command's content (SE3).
 */
export function route(state: RoutingState, command: Command): RouteResult {
  const noTime = timeProblem(command);
  if (noTime) return { events: [], refusal: noTime };
  if (command.at < state.clockAt) {
    return { events: [], refusal: refuse('timeBackwards', 'time never decreases', { field: 'at' }) };
  }
  state.clockAt = command.at;
  empty(state.dirty);
  empty(state.newlyAble);
  empty(state.attendance);
  let refusal = shapeProblem(command);
  const run: Run = { state, at: command.at, events: [], slept: overslept(command) };
  // ST3: deadlines that passed before a restart are no misses, and offers become void before they could time out.
  if (command.type !== 'hub.started') endWhatIsDue(run);
  refusal ??= perform(run, command);
  settle(run);
  // RD2: built last, so that the refusal has the state after everything that the end of the offer caused.
  if (refusal?.code === 'offerGone' && 'offerId' in command) refusal = offerMissing(state, command.offerId);
  return { events: run.events, refusal };
}

/** Skips empty sets: clearing one makes V8 allocate a new table, three times a command. */
function empty(marks: Set<unknown>): void {
  if (marks.size > 0) marks.clear();
}

function overslept(command: Command): boolean {
  return command.type === 'hub.started' || (command.type === 'tick' && (command.sleptMs ?? 0) > 0);
}

function settle(run: Run): void {
  for (;;) {
    const before = run.events.length;
    endWhatIsDue(run);
    takeStatusAfterThis(run);
    assign(run);
    endLongWaits(run);
    if (run.events.length === before) break;
  }
  for (const group of run.state.attendance) {
    const staffed = group.online > 0;
    if (staffed === group.staffed || !run.state.groups.has(group.id)) continue;
    emit(run, 'group.staffed', { groupId: group.id, staffed, alert: !staffed && group.open });
  }
}

/** ID2 */
function takeStatusAfterThis(run: Run): void {
  for (const agent of run.state.leaving) {
    const { afterThis, active, handingOver } = agent;
    if (!afterThis || active.size > 0 || handingOver.size > 0) continue;
    const { status, reason } = afterThis;
    setStatus(run, agent, status, 'self', reason === null ? {} : { reason });
  }
}

function perform(run: Run, command: Command): Refusal | null {
  switch (command.type) {
    case 'settings.update':
      return setup.settingsUpdate(run, command);
    case 'group.put':
      return setup.groupPut(run, command);
    case 'group.remove':
      return setup.groupRemove(run, command);
    case 'group.open':
      return setup.groupOpen(run, command);
    case 'agent.put':
      return setup.agentPut(run, command);
    case 'agent.remove':
      return setup.agentRemove(run, command);
    case 'agent.connect':
      return setup.agentConnect(run, command);
    case 'agent.disconnect':
      return setup.agentDisconnect(run, command);
    case 'agent.status':
      return setup.agentStatus(run, command);
    case 'agent.idle':
      return setup.agentIdle(run, command);
    case 'agent.afterThis':
      return setup.agentAfterThis(run, command);
    case 'agent.reception':
      return setup.agentReception(run, command);
    case 'assistant.put':
      return assistant.assistantPut(run, command);
    case 'assistant.remove':
      return assistant.assistantRemove(run, command);
    case 'assistant.connect':
      return assistant.assistantConnect(run, command);
    case 'assistant.disconnect':
      return assistant.assistantDisconnect(run, command);
    case 'conversation.handOver':
      return assistant.conversationHandOver(run, command);
    case 'conversation.handBack':
      return assistant.conversationHandBack(run, command);
    case 'conversation.open':
      return conversationOpen(run, command);
    case 'conversation.reopen':
      return conversationReopen(run, command);
    case 'conversation.leave':
      return conversationLeave(run, command);
    case 'conversation.close':
      return conversationClose(run, command);
    case 'conversation.ack':
      return conversationAck(run, command);
    case 'conversation.claim':
      return conversationClaim(run, command);
    case 'conversation.transfer':
      return conversationTransfer(run, command);
    case 'message.sent':
      return messageSent(run, command);
    case 'offer.accept':
      return offerAccept(run, command);
    case 'offer.decline':
      return offerDecline(run, command);
    case 'wrapUp.done':
      return setup.wrapUpDone(run, command);
    case 'receptionists.forget':
      return receptionistsForget(run, command);
    case 'receptionist.recall':
      return receptionistRecall(run, command);
    case 'hub.started':
      return setup.hubStarted(run);
    case 'tick':
      return null;
    default:
      return assertNever(command);
  }
}
