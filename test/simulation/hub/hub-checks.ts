import type { HubState } from '../../../main/hub/state/hub-state';
import { type SavedState, saveState } from '../../../main/hub/state/saved-state';
import type { Disk } from '../../../main/hub/store/disk';
import { invariantViolations } from '../../../shared/routing';
import { canonicalJson } from '../../support/canonical-json';
import { wholeConversation } from '../../support/whole-conversation';
import { dataFolder } from './disk';
import type { HubProcess } from './hub-process';
import type { Truth } from './truth';

/** Added to the grace: after its clock was set, the hub checks its deadlines at least once a minute. */
const slackMs = 65_000;

/** ST2, ST3: an agent without a session for longer than any grace ever set must be offline and hold nothing. */
export class Absences {
  private readonly since = new Map<string, number>();
  private readonly statusAt = new Map<string, number>();
  /** The longest grace set so far. */
  graceSeconds = 60;

  /** The hub was down or asleep: every grace restarts now. */
  startAnew(): void {
    this.since.clear();
  }

  broken(truth: Truth, { hub }: HubProcess, now: number): string[] {
    const { routing } = hub.state;
    const broken: string[] = [];
    for (const agent of routing.agents.values()) {
      const { id, status, statusSince } = agent;
      const present = hub.sessions.agent(id) !== null;
      if (present !== agent.connected) broken.push(`ST2 ${id} has ${present ? 'a' : 'no'} session, the core differs`);
      if (present || statusSince !== this.statusAt.get(id)) this.since.delete(id);
      this.statusAt.set(id, statusSince);
      if (present) continue;
      if (!this.since.has(id)) this.since.set(id, now);
      // An agent who was briefly connected since the last check has a new grace.
      const since = Math.max(this.since.get(id) ?? now, truth.goneSince(id) ?? 0);
      if (now - since < this.graceSeconds * 1_000 + slackMs) continue;
      if (status !== 'offline') broken.push(`ST2 ${id} is away for long and still ${status}`);
      if (agent.active.size > 0)
        broken.push(`ST2 ${id} is away for long and still has ${[...agent.active].join(', ')}`);
    }
    return broken;
  }
}

/** After every step: the core's invariants, and that a tick at the same moment does nothing. */
export function brokenByStep(truth: Truth, { hub }: HubProcess): string[] {
  const broken = invariantViolations(hub.state.routing).map((each) => `core: ${each}`);
  const tick = () => hub.step((step) => void step.route({ type: 'tick' }));
  tick();
  const { lastSeq } = truth;
  tick();
  if (truth.lastSeq > lastSeq)
    broken.push(`I11 a second tick is recorded: ${JSON.stringify(truth.record(lastSeq + 1))}`);
  return [...broken, ...brokenByUnanswered(hub.state)];
}

/** UN1: the core counts the time without an answer from where everybody sees it begin. */
function brokenByUnanswered({ routing, threads }: HubState): string[] {
  return [...routing.conversations.values()].flatMap(({ id, unanswered }) => {
    const [told, seen] = [unanswered?.since ?? null, threads.must(id).unansweredSince];
    return told === seen
      ? []
      : [`UN1 ${id} is unanswered since ${told} for the core, and since ${seen} for all others`];
  });
}

/** Compares the running hub, whatever snapshot it started from, with a replay of all its records. */
export function brokenByReplay(truth: Truth, { hub }: HubProcess): string[] {
  const [lived, replayed] = [saveState(hub.state), saveState(truth.twin)];
  return (Object.keys(lived) as (keyof SavedState)[]).flatMap((part) => {
    // Usually the order is the same, too, which is much faster to check.
    if (JSON.stringify(lived[part]) === JSON.stringify(replayed[part])) return [];
    const [a, b] = [canonicalJson(lived[part]), canonicalJson(replayed[part])];
    if (a === b) return [];
    let index = 0;
    while (a[index] === b[index]) index += 1;
    const around = (text: string) => text.slice(Math.max(0, index - 100), index + 150);
    return [`I10 ${part} replayed is another:\n    lived    …${around(a)}\n    replayed …${around(b)}`];
  });
}

/** Messages that have left the state are on pages, which continue up to the first message in the state. */
export function brokenByPages(truth: Truth, { hub }: HubProcess, disk: Disk): string[] {
  return [...hub.state.threads.held()].flatMap((conversation) => {
    const { conversationId } = conversation;
    const ids = (messages: readonly { messageId: string }[]) => messages.map(({ messageId }) => messageId).join(' ');
    const [read, said] = [
      ids(wholeConversation(disk, dataFolder, conversation)),
      ids(truth.messagesOf(conversationId)),
    ];
    return read === said ? [] : [`pages: ${conversationId} reads ${read}\n  and should be ${said}`];
  });
}
