import { expect, test } from 'vitest';
import { startDemo } from '../../main/hub/demo/demo';
import { sampleTeam } from '../../main/hub/demo/sample-data';
import { TestHub } from '../support/hub';

/** Sign-in answers in a later turn even when nothing has to be computed. */
async function pass(office: TestHub, seconds: number) {
  for (let second = 0; second < seconds; second += 1) {
    office.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
    office.flush();
  }
}

async function anHour(seconds: number) {
  const office = await TestHub.start();
  const demo = startDemo(office.hub);
  office.flush();
  await pass(office, seconds);
  return { office, demo };
}

test('the sample office lives: customers arrive, are served and leave, and every invariant holds', async () => {
  const { office, demo } = await anHour(300);
  const names = [...office.hub.state.config.accounts.values()].map((account) => account.name);
  expect(names).toEqual(['Sam', ...sampleTeam.map((agent) => agent.name)]);
  const closed = office.store.disk.lines.filter((line) => line.includes('"conversation.closed"'));
  expect(closed.length).toBeGreaterThan(5);
  expect(office.store.disk.lines.some((line) => line.includes('"kind":"agent"'))).toBe(true);
  expect(office.violations()).toEqual([]);
  const before = office.hub.state.seq;
  demo.stop();
  const afterStop = office.hub.state.seq;
  expect(afterStop).toBeGreaterThanOrEqual(before);
});

test('the same seed gives the same day', async () => {
  const [one, other] = [await anHour(120), await anHour(120)];
  expect(one.office.store.disk.lines).toEqual(other.office.store.disk.lines);
});

test('nobody of the simulation signs in as the one at the desk', async () => {
  const { office } = await anHour(10);
  const boss = await office.supervisor();
  await pass(office, 120);
  expect(boss.closed).toBe(null);
  expect(boss.conversations.length).toBeGreaterThan(0);
});
