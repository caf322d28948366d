import { expect, onTestFinished, test, vi } from 'vitest';
import { parseRecord } from '../../main/hub/state/message-record';
import { openSystemClock } from '../../main/hub/system/system-clock';
import { createHandClock } from '../support/hand-clock';
import { TestHub } from '../support/hub';
import { createNappingClock } from '../support/napping-clock';

const noon = Date.parse('2027-01-15T12:00:00Z');

/** One agent at whom a conversation rings for 30 s; a miss would be a short break. */
async function ringing() {
  const clock = createNappingClock(noon);
  const office = await TestHub.start({ clock });
  await office.settings({ reception: { redirect: { enabled: true }, shortBreak: { enabled: true } } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  const { offerId } = ana.conversation;
  return { office, clock, ana, mei, offerId, self: () => ana.agentView(ana.welcome.agentId) };
}

const outcomes = (office: TestHub) =>
  office.store.disk.lines
    .flatMap((line) => parseRecord(line).events as { event: { type: string; outcome?: string; miss?: boolean } }[])
    .filter(({ event }) => event.type === 'offer.ended')
    .map(({ event }) => [event.outcome, event.miss]);

test('[TM1] told of a sleep, the hub ends overdue offers once, and they are nobody’s miss', async () => {
  const { office, clock, ana, self } = await ringing();
  clock.nap(3_600_000);
  office.hub.slept(3_600_000);
  office.advance(0);
  expect(outcomes(office)).toEqual([['timedOut', false]]);
  expect(self()).toMatchObject({ status: 'online', missedInARow: 0 });
  expect(ana.notices).not.toContain('missed');
  office.hub.slept(3_600_000);
  office.advance(9_000);
  expect(outcomes(office)).toHaveLength(1);
  expect(office.violations()).toEqual([]);
});

test('[TM1] the hub notices a sleep by itself when its timer comes late', async () => {
  const { office, clock, self } = await ringing();
  clock.nap(3_600_000);
  office.advance(30_000);
  expect(outcomes(office)[0]).toEqual(['timedOut', false]);
  expect(self()).toMatchObject({ status: 'online', missedInARow: 0 });
});

test('[TM1] a command that comes before the timer finds the sleep noticed already', async () => {
  const { office, clock, mei, self } = await ringing();
  clock.nap(3_600_000);
  mei.command({ op: 'message.send', text: 'still there?' });
  expect(outcomes(office)).toEqual([['timedOut', false]]);
  expect(self()).toMatchObject({ status: 'online', missedInARow: 0 });
});

test('[TM1] a timer that is a little late was no sleep: a miss is a miss', async () => {
  const { office, clock, self } = await ringing();
  clock.nap(5_000);
  office.advance(30_000);
  expect(outcomes(office)).toEqual([['timedOut', true]]);
  expect(self()).toMatchObject({ status: 'shortBreak', statusCause: 'timeout' });
});

test('[TM1] after a sleep with nothing due, what runs out later counts as ever', async () => {
  const { office, clock, ana, offerId, self } = await ringing();
  ana.command({ op: 'offer.accept', offerId });
  clock.nap(3_600_000);
  office.advance(60_000);
  await office.customer('Li');
  office.advance(30_000);
  expect(outcomes(office)).toEqual([
    ['accepted', false],
    ['timedOut', true],
  ]);
  expect(self().status).toBe('shortBreak');
});

test('[TM1] one sleep is noticed once, whatever comes after it', async () => {
  const { office, clock, ana, mei, offerId, self } = await ringing();
  ana.command({ op: 'offer.accept', offerId });
  clock.nap(3_600_000);
  for (const text of ['one', 'two']) mei.command({ op: 'message.send', text });
  expect(office.log.filter(({ event }) => event === 'hub.slept')).toMatchObject([{ detail: { sleptMs: 3_540_000 } }]);
  await office.customer('Li');
  office.advance(30_000);
  expect(self().status).toBe('shortBreak');
});

test('the hub wakes by itself only, and a stopped one not at all', async () => {
  const hand = createHandClock(noon);
  let waiting = 0;
  const clock: typeof hand = {
    ...hand,
    at(atMs, run) {
      waiting += 1;
      let open = true;
      const done = () => {
        if (open) waiting -= 1;
        open = false;
      };
      const cancel = hand.at(atMs, () => {
        done();
        run();
      });
      return () => {
        done();
        cancel();
      };
    },
  };
  const office = await TestHub.start({ clock });
  expect(waiting).toBe(1);
  office.advance(600_000);
  expect(waiting).toBe(1);
  await office.settings({ reception: { redirect: { enabled: true } } });
  const ana = await office.online('Ana');
  for (const name of ['Mei', 'Li']) await office.customer(name);
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  office.advance(20_000);
  const li = ana.conversations.find((each) => each.stage === 'offered');
  ana.command({ op: 'offer.accept', offerId: li?.offerId });
  // The places in the queue have a timer of their own, while there is a queue.
  office.advance(60_000);
  expect(waiting).toBe(1);
  const before = office.store.disk.lines.length;
  office.advance(600_000);
  expect(office.store.disk.lines).toHaveLength(before);
  office.hub.stop();
  expect(waiting).toBe(0);
});

test('[TM1] the system clock follows a wall clock that is ahead of it, as after a sleep, and never one set back', () => {
  vi.useFakeTimers({ now: noon, toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const clock = openSystemClock();
  vi.advanceTimersByTime(1_000);
  expect([clock.now(), clock.wallNow?.()]).toEqual([noon + 1_000, noon + 1_000]);
  vi.setSystemTime(noon + 3_600_000);
  expect([clock.now(), clock.wallNow?.()]).toEqual([noon + 3_600_000, noon + 3_600_000]);
  vi.setSystemTime(noon);
  vi.advanceTimersByTime(1_000);
  expect([clock.now(), clock.wallNow?.()]).toEqual([noon + 3_601_000, noon + 1_000]);
});
