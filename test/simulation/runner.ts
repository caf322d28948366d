import {
  apply,
  type Command,
  createRouting,
  defaultSettings,
  exportState,
  importState,
  invariantViolations,
  nextDeadline,
  type Refusal,
  type RoutingEvent,
  type RoutingState,
  route,
} from '../../shared/routing';
import { clockText, narrate, narrateRefusal } from '../routing/stories/narrate';
import { type Allowance, brokenByEvent } from './checks-of-events';
import { brokenAfterCommand, differences } from './checks-of-state';
import { createModel, type Model, settingsOf } from './model';
import { take } from './model-events';

/**
 * One act of the world. `offerOf` stands for the id of the conversation's newest offer, so that a story still makes
 * sense with steps left out (minimise.ts).
 */
export interface Step {
  command: Command;
  offerOf?: string;
  /** Rebuild the hub before the command, from its recorded events or from its snapshot. */
  restart?: 'replayed' | 'imported';
  /** Run a `tick` first, so that a refused command must not cause any event. */
  tickFirst?: boolean;
}

const fullLookEvery = 20;
const storyLinesMax = 400;

/** The core under test, a twin that only replays its events, and the model that both are checked against. */
export class Run {
  readonly model: Model = createModel();
  readonly defaults = defaultSettings();
  private readonly told: { at: number; line: () => string }[] = [];
  at = 0;
  stepCount = 0;
  /** The result of the last step. */
  outcome: { events: RoutingEvent[]; refusal: Refusal | null } = { events: [], refusal: null };
  eventCount = 0;
  offersMade = 0;
  private readonly newestOffer = new Map<string, string>();
  private core: RoutingState = createRouting();
  private twin: RoutingState = createRouting();

  get deadline(): number | null {
    return nextDeadline(this.core);
  }

  /** Performs one step and returns the rules it breaks. Never throws. */
  perform(step: Step): string[] {
    this.stepCount += 1;
    this.outcome = { events: [], refusal: null };
    try {
      const broken: string[] = [];
      if (step.restart) broken.push(...this.restart(step.restart));
      const command = this.resolved(step);
      if (step.tickFirst && typeof command.at === 'number' && command.at >= this.at) {
        broken.push(...this.send({ type: 'tick', at: command.at }));
      }
      broken.push(...this.send(command, step.tickFirst));
      if (this.stepCount % fullLookEvery === 0) broken.push(...this.fullLook());
      return broken;
    } catch (error) {
      return [`SE3 thrown: ${error instanceof Error ? error.stack : String(error)}`];
    }
  }

  /** I10 and the core's own view, too slow for every step. */
  fullLook(): string[] {
    const difference = this.replayedOtherwise();
    const same = difference ? [`I10 replaying gives another state:\n${difference}`] : [];
    return [...same, ...differences(this.model, this.core), ...differences(this.model, this.twin)];
  }

  private replayedOtherwise(): string | null {
    const [core, twin] = [JSON.stringify(exportState(this.core)), JSON.stringify(exportState(this.twin))];
    return core === twin ? null : firstDifference(core, twin);
  }

  private resolved(step: Step): Command {
    const { command, offerOf } = step;
    if (offerOf === undefined || !('offerId' in command)) return command;
    if (this.model.offers.get(command.offerId)?.conversationId === offerOf) return command;
    return { ...command, offerId: this.newestOffer.get(offerOf) ?? 'none' };
  }

  private restart(how: 'replayed' | 'imported'): string[] {
    const broken = this.fullLook();
    const snapshot = JSON.parse(JSON.stringify(exportState(this.core)));
    if (how === 'replayed') [this.core, this.twin] = [this.twin, importState(snapshot)];
    else this.core = importState(snapshot);
    this.tell(this.at, () => (how === 'replayed' ? '(rebuilt from the recorded events)' : '(rebuilt from a snapshot)'));
    return [...broken, ...this.fullLook()];
  }

  private send(command: Command, ticked = false): string[] {
    const due = nextDeadline(this.core);
    this.tell(command.at, () => `> ${commandText(command)}`);
    const { events, refusal } = route(this.core, command);
    this.outcome.refusal = refusal;
    const broken: string[] = [];
    for (const event of events) broken.push(...this.takeEvent(event, allowanceOf(this.model, command, this.defaults)));
    if (refusal) this.tell(command.at, () => `  ${narrateRefusal(refusal)}`);
    if (refusal && ticked) {
      if (events.length > 0) broken.push(`SE3 a refused ${command.type} has events`);
      // The twin has only replayed events, so it still equals the core before the command.
      else if (this.replayedOtherwise()) broken.push(`SE3 a refused ${command.type} changes the state`);
    }
    if (refusal?.code === 'timeBackwards') {
      if (command.at >= this.at) broken.push('TM1 a time that does not go back is refused');
    } else if (Number.isSafeInteger(command.at)) {
      if (command.at < this.at) broken.push('TM1 time goes back');
      // A sleep never moves a deadline to an earlier time.
      const idle = command.type === 'tick' && (due === null || command.at < due);
      if (idle && events.length > 0) broken.push(`TM1 a tick before the next deadline yields ${events[0]!.type}`);
      this.at = command.at;
    }
    return [...broken, ...this.settled()];
  }

  private settled(): string[] {
    const broken = invariantViolations(this.core).map((each) => `core: ${each}`);
    broken.push(...brokenAfterCommand(this.model, this.defaults, this.at));
    const next = nextDeadline(this.core);
    if (next !== null && next <= this.at) broken.push(`TM1 the next deadline, ${clockText(next)}, has passed`);
    const again = route(this.core, { type: 'tick', at: this.at });
    if (again.events.length > 0)
      broken.push(`I11 a second tick yields ${again.events.map((each) => each.type).join(', ')}`);
    for (const event of again.events)
      broken.push(...this.takeEvent(event, { beyondCapacity: false, byAgent: false, command: 'tick', miss: true }));
    return broken;
  }

  private takeEvent(event: RoutingEvent, allowance: Allowance): string[] {
    const recorded: RoutingEvent = JSON.parse(JSON.stringify(event));
    this.eventCount += 1;
    this.outcome.events.push(recorded);
    if (recorded.type === 'offer.made') {
      this.newestOffer.set(recorded.conversationId, recorded.offerId);
      this.offersMade += 1;
    }
    this.tell(recorded.at, () => `  ${narrate(recorded) ?? recorded.type}`);
    const broken = recorded.at < this.model.at ? [`TM1 ${recorded.type} is recorded in the past`] : [];
    broken.push(...brokenByEvent(this.model, recorded, this.defaults, allowance));
    take(this.model, recorded);
    apply(this.twin, recorded);
    return broken;
  }

  /** The most recent steps, a line each: commands after `>`, their events indented. */
  story(): string[] {
    return this.told.map(({ at, line }) => `${clockText(at)}  ${line()}`);
  }

  // Formatted only when read.
  private tell(at: number, line: () => string): void {
    this.told.push({ at, line });
    if (this.told.length > storyLinesMax) this.told.splice(0, storyLinesMax / 2);
  }
}

/** CP2: whether this command may exceed a capacity. TM1: whether misses may be counted. */
function allowanceOf(model: Model, command: Command, defaults: ReturnType<typeof defaultSettings>): Allowance {
  const miss = command.type !== 'hub.started' && !(command.type === 'tick' && (command.sleptMs ?? 0) > 0);
  const { type } = command;
  const byAgent = startsByHand(command);
  const byHand = byAgent || command.type === 'conversation.claim' || command.type === 'conversation.transfer';
  if (!byHand || !('conversationId' in command)) return { beyondCapacity: false, byAgent, command: type, miss };
  if ('force' in command && command.force === true) return { beyondCapacity: true, byAgent, command: type, miss };
  const { conversationId } = command;
  const groupId = 'groupId' in command ? command.groupId : (model.conversations.get(conversationId)?.groupId ?? '');
  const ended = model.closed.get(conversationId)?.groupId ?? groupId;
  const { claimBeyondCapacity, transferBeyondCapacity } = settingsOf(model, ended, defaults).routing;
  const allowed = command.type === 'conversation.transfer' ? transferBeyondCapacity : claimBeyondCapacity;
  return { beyondCapacity: allowed, byAgent, command: type, miss };
}

function startsByHand(command: Command): boolean {
  const starts = command.type === 'conversation.open' || command.type === 'conversation.reopen';
  return starts && command.agentId !== undefined;
}

export function commandText(command: Command): string {
  const { type, at: _at, ...rest } = command;
  const fields = Object.entries(rest).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [type, ...fields].join(', ');
}

function firstDifference(a: string, b: string): string {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  const from = Math.max(0, index - 80);
  return `  lived:    …${a.slice(from, index + 80)}\n  replayed: …${b.slice(from, index + 80)}`;
}
