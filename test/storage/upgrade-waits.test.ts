import { expect, test } from 'vitest';
import { type SavedState, saveState, startingState } from '../../main/hub/state/saved-state';
import { type EarlierState, upgradeState } from '../../main/hub/store/upgrade/saved-state';
import { queuePosition } from '../../shared/routing';
import { TestHub } from '../support/hub';
import { rigLimits } from './support/rig';

/** As it was saved while the hub counted the places and the waits itself. */
function asBefore(saved: SavedState): EarlierState {
  const { routing, desk } = JSON.parse(JSON.stringify(saved)) as SavedState;
  const counted = new Map(routing.conversations.map(({ id, placeAtStart }) => [id, placeAtStart]));
  const waits = routing.groups.map(({ id, waitsPerPlaceMs }) => [id, waitsPerPlaceMs]);
  const conversations = desk.conversations.map((each) => {
    const placeAtStart = counted.get(each.conversationId) ?? null;
    return { ...each, queued: true, attended: placeAtStart === null, placeAtStart: placeAtStart ?? 1 };
  });
  for (const group of routing.groups as object[])
    Object.assign(group, { waitsPerPlaceMs: undefined, recentWaitsMs: [1] });
  for (const each of routing.conversations as object[]) Object.assign(each, { placeAtStart: undefined });
  return JSON.parse(JSON.stringify({ ...saved, routing, desk: { ...desk, conversations, waits } }));
}

test('[QU5] the waits that an older hub had counted beside the core are still estimated from', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana', { capacity: 1 });
  for (const name of ['A', 'B', 'C']) {
    const customer = await office.customer(name);
    office.advance(60_000);
    ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
    customer.command({ op: 'conversation.leave' });
  }
  await office.customer('Mei');
  const li = await office.customer('Li');
  const saved = saveState(office.hub.state);
  const upgraded = startingState({ state: upgradeState(asBefore(saved)), config: null }, rigLimits);
  const { conversationId } = li.conversation;
  const told = queuePosition(upgraded.routing, conversationId, office.clock.now());
  expect(told).toEqual({ position: 2, wait: { kind: 'about', ms: 120_000 } });
  expect(saveState(upgraded).routing).toEqual(JSON.parse(JSON.stringify(saved.routing)));
});
