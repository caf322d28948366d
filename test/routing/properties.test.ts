import { describe, expect, it } from 'vitest';
import {
  apply,
  createRouting,
  exportState,
  importState,
  inspect,
  invariantViolations,
  nextDeadline,
  type RoutingEvent,
  route,
  type SavedRouting,
} from '../../shared/routing';
import { START_AT, seededRandom } from '../support/routing';
import { nextTime, openingCommands, randomCommand } from '../support/routing-random';

const SEEDS = Number(process.env.ROUTING_SEEDS ?? 60);
const FIRST_SEED = Number(process.env.ROUTING_FIRST_SEED ?? 1);
const STEPS = 150;

function jsonCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Runs one seed; every command is followed by all invariants, replay, a second tick and a restored snapshot. */
function runSeed(seed: number): void {
  const random = seededRandom(seed);
  let at = START_AT;
  const state = createRouting();
  const replica = createRouting();
  let restored = createRouting();
  const enqueuedAt = new Map<string, number>();
  let past: string[] = [];
  const commands = openingCommands(random, at);
  for (let step = 0; step < STEPS; step += 1) {
    at = nextTime(random, state, at);
    const command = { ...(commands.shift() ?? randomCommand(random, state, at, step)) };
    if (command.type !== 'tick') command.at = Math.max(at, command.at);
    at = command.at;
    const result = route(state, jsonCopy(command));
    const said = `seed ${seed}, step ${step}: ${JSON.stringify(command)} ${JSON.stringify(result.refusal)}`;
    past.push(said, ...result.events.map((event) => `    ${JSON.stringify(event)}`));
    past = past.slice(-150);
    const story = () => past.join('\n');
    for (const event of result.events) {
      apply(replica, jsonCopy(event));
      const arrives = event.type === 'conversation.queued' && ['opened', 'switched'].includes(event.reason);
      if (arrives || event.type === 'conversation.assisted') {
        enqueuedAt.set(event.conversationId, event.enqueuedAt);
      }
    }
    expect(invariantViolations(state), story()).toEqual([]);
    for (const [id, view] of Object.entries(inspect(state).conversations)) {
      expect(view.enqueuedAt, `I6 ${id} ${story()}`).toBe(enqueuedAt.get(id));
    }
    expect(JSON.stringify(inspect(replica)), `I10 ${story()}`).toBe(JSON.stringify(inspect(state)));
    expect(JSON.stringify(exportState(replica)), `I10 ${story()}`).toBe(JSON.stringify(exportState(state)));
    expect(nextDeadline(replica), `I10 ${story()}`).toBe(nextDeadline(state));
    expect(route(state, { type: 'tick', at }).events, `I11 ${story()}`).toEqual([]);
    // A state that was saved and loaded at the last step goes the same way from there.
    if (step > 0) {
      const other: RoutingEvent[] = route(restored, jsonCopy(command)).events;
      expect(JSON.stringify(other), `snapshot ${story()}`).toBe(JSON.stringify(result.events));
    }
    restored = importState(jsonCopy(exportState(state)) as SavedRouting);
    expect(JSON.stringify(exportState(restored)), `snapshot ${story()}`).toBe(JSON.stringify(exportState(state)));
    expect(invariantViolations(restored), `snapshot ${story()}`).toEqual([]);
  }
}

describe('whatever happens', () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
    it(`[I1] to [I12] hold, replay and snapshots agree: seed ${seed}`, () => runSeed(seed));
  }
});
