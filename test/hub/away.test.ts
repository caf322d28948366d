import { expect, test } from 'vitest';
import type { AgentView } from '../../shared/protocol/views';
import { type TestClient, TestHub } from '../support/hub';

/** Ana as this client was last told. */
const seenBy = (client: TestClient, ana: TestClient): AgentView =>
  client
    .events('agent.changed')
    .map((event) => event.agent)
    .filter(({ agentId }: AgentView) => agentId === ana.welcome.agentId)
    .at(-1);

async function office() {
  const hub = await TestHub.start();
  const ana = await hub.online('Ana');
  const ben = await hub.agent('Ben');
  const boss = await hub.supervisor('device-boss-2');
  return { hub, boss, ana, ben };
}

test('[ID1] a machine that nobody touches puts its agent on a short break, where the office has it so', async () => {
  const { hub, boss, ana, ben } = await office();
  expect(ana.command({ op: 'status.idle' }).type).toBe('ack');
  expect(seenBy(ana, ana).status).toBe('online');
  boss.command({ op: 'settings.update', settings: { presence: { awayAfterMinutes: 5 } } });
  ana.command({ op: 'status.idle' });
  hub.advance(1_000);
  for (const client of [ana, ben, boss])
    expect(seenBy(client, ana)).toMatchObject({ status: 'shortBreak', statusCause: 'idle' });
});

test('[ID2] colleagues see what an agent does after this, and then the status itself', async () => {
  const { hub, ana, ben } = await office();
  const mei = await hub.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'status.afterThis', status: 'offline' });
  hub.advance(1_000);
  expect(seenBy(ben, ana)).toMatchObject({ status: 'online', afterThis: { status: 'offline' } });
  mei.command({ op: 'conversation.leave' });
  hub.advance(1_000);
  expect(seenBy(ben, ana)).toMatchObject({ status: 'offline' });
  expect(seenBy(ben, ana)).not.toHaveProperty('afterThis');
});

test('[ID3] a reason is one of the office’s list, seen by colleagues, and kept over a restart', async () => {
  const { hub, boss, ana, ben } = await office();
  const lunch = { op: 'status.set', status: 'shortBreak', reason: 'Lunch' };
  expect(ana.command(lunch)).toMatchObject({ type: 'refused', code: 'unknownBreakReason', field: 'reason' });
  boss.command({ op: 'office.put', breakReasons: ['Lunch', 'Meeting'] });
  expect(ana.command(lunch).type).toBe('ack');
  hub.advance(1_000);
  expect(seenBy(ben, ana)).toMatchObject({ status: 'shortBreak', reason: 'Lunch' });
  const again = await hub.restart();
  expect(again.hub.state.config.office).toMatchObject({ breakReasons: ['Lunch', 'Meeting'] });
  expect(again.hub.state.routing.agents.get(ana.welcome.agentId)).toMatchObject({ reason: 'Lunch' });
});
