import { beforeAll, expect, test } from 'vitest';
import { type HubState, replayRecord } from '../../main/hub/state/hub-state';
import type { HubRecord } from '../../main/hub/state/records';
import { saveState, startingState } from '../../main/hub/state/saved-state';
import { livedRecords } from './support/lived';
import { rigLimits } from './support/rig';

let records: HubRecord[] = [];

beforeAll(async () => {
  records = await livedRecords(6, 300);
});

/** As it is after that many records, begun from what was saved after the first of them. */
function stateAt(count: number, savedAt = count): HubState {
  const first = startingState({ state: null, config: null }, rigLimits);
  for (const record of records.slice(0, savedAt)) replayRecord(first, structuredClone(record), 0);
  const saved = JSON.parse(JSON.stringify(saveState(first)));
  const state = startingState({ state: saved, config: null }, rigLimits);
  for (const record of records.slice(savedAt, count)) replayRecord(state, structuredClone(record), 0);
  return state;
}

const digest = (state: HubState) => state.digest.of(state);

test('two that go on from the same base have the same digest after each record, however often they are asked', () => {
  const [hub, replica] = [stateAt(60), stateAt(60)];
  for (const [index, record] of records.slice(60).entries()) {
    replayRecord(hub, structuredClone(record), 0);
    replayRecord(replica, structuredClone(record), 0);
    if (index % 3 === 0) digest(hub);
    if (index % 7 === 0) expect(digest(replica)).toBe(digest(hub));
  }
  expect([digest(hub), digest(hub)]).toEqual([digest(replica), digest(replica)]);
});

test('what a record does otherwise in one of them is found with that record', () => {
  const [hub, replica] = [stateAt(60), stateAt(60)];
  const said = records.slice(60).findIndex(({ events }) => events.some(({ event }) => event.type === 'message.added'));
  for (const record of records.slice(60, 61 + said)) {
    replayRecord(hub, structuredClone(record), 0);
    const other = structuredClone(record);
    for (const { event } of other.events) if (event.type === 'message.added') event.message.messageId += 'x';
    replayRecord(replica, other, 0);
  }
  expect(digest(replica)).not.toBe(digest(hub));
});

test('a conversation and an agent that no record touches are looked at in turn', () => {
  const changes: ((state: HubState) => void)[] = [
    ({ threads }) => {
      for (const thread of threads.values()) thread.since += 1;
    },
    ({ routing }) => {
      for (const agent of routing.agents.values()) agent.statusSince += 1;
    },
  ];
  const things = (state: HubState) => state.routing.agents.size + state.routing.conversations.size + state.threads.size;
  for (const change of changes) {
    const [hub, replica] = [stateAt(150), stateAt(150)];
    change(hub);
    expect(digest(hub)).toBe(digest(replica));
    // 256 looks every 1,024 records.
    const round = 4 * things(hub) + 1_024;
    // Of this kind of record nothing is touched.
    for (let each = 1; each <= round; each += 1) {
      const record: HubRecord = {
        seq: 150 + each,
        at: hub.at,
        events: [{ of: 'hub', event: { type: 'date.confirmed' } }],
      };
      for (const state of [hub, replica]) replayRecord(state, structuredClone(record), 0);
    }
    expect(digest(hub)).not.toBe(digest(replica));
  }
});

test('the configuration and how much there is of each kind are in every digest', () => {
  const [hub, replica] = [stateAt(60), stateAt(60)];
  replica.config.office = { name: 'Another', sample: false };
  expect(digest(hub)).not.toBe(digest(replica));
});
