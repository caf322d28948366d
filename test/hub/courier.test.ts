import { expect, test } from 'vitest';
import { Courier, type Parcel } from '../../main/hub/deliveries/courier';
import { createHandClock } from '../support/hand-clock';
import { seededBytes } from '../support/hub';

type Outcome = 'delivered' | 'givenUp' | 'failed';

const hour = 60 * 60_000;

/** A courier whose receiver is played by hand. */
function stage(parcels: readonly Parcel[], random = () => 1) {
  const clock = createHandClock(0);
  const waiting = new Map(parcels.map((each) => [each.number, each]));
  const open = new Map<number, (outcome: Outcome) => void>();
  const tried: { number: number; at: number }[] = [];
  const courier = new Courier<Parcel>({
    clock,
    random,
    waiting: () => waiting.values(),
    start: (work) => void work,
    deliver: ({ number }) => {
      tried.push({ number, at: clock.now() });
      return new Promise((resolve) => {
        open.set(number, (outcome) => {
          open.delete(number);
          if (outcome !== 'failed') waiting.delete(number);
          resolve(outcome);
        });
      });
    },
  });
  courier.look();
  const end = async (number: number, outcome: Outcome) => {
    open.get(number)!(outcome);
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
  };
  return { clock, courier, waiting, open, tried, end, underWay: () => [...open.keys()] };
}

const parcels = (...abouts: string[]): Parcel[] => abouts.map((about, index) => ({ number: index + 1, about }));

test('four are under way at once, of each conversation one, in order', async () => {
  const { end, underWay } = stage(parcels('a', 'a', 'b', 'c', 'd', 'e'));
  expect(underWay()).toEqual([1, 3, 4, 5]);
  await end(4, 'delivered');
  expect(underWay()).toEqual([1, 3, 5, 6]);
  await end(1, 'delivered');
  expect(underWay()).toEqual([3, 5, 6, 2]);
});

test('while nothing gets through, one at a time is tried, after 5 seconds, then doubled to an hour', async () => {
  const { clock, tried, end } = stage(parcels('a'));
  for (let failures = 0; failures < 14; failures += 1) {
    await end(1, 'failed');
    clock.advance(2 * hour);
  }
  const pausesMs = tried.slice(1).map(({ at }, index) => (at - index * 2 * hour) / 1_000);
  expect(pausesMs).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600, 3_600, 3_600]);
});

test('jitter takes up to half of a pause', async () => {
  const { clock, tried, end } = stage(parcels('a'), () => 0);
  await end(1, 'failed');
  clock.advance(hour);
  expect(tried[1]!.at).toBe(2_500);
});

test('one that is always refused holds up what has the same subject, and nothing else', async () => {
  const { clock, end, underWay } = stage(parcels('bad', 'bad', 'b', 'c'));
  await end(1, 'failed');
  await end(3, 'delivered');
  expect(underWay()).toEqual([4]);
  clock.advance(5_000);
  expect(underWay()).toEqual([4, 1]);
  await end(4, 'delivered');
  await end(1, 'givenUp');
  clock.advance(5_000);
  expect(underWay()).toEqual([2]);
});

test('after a failure what has failed least comes first', async () => {
  const { clock, end, tried } = stage(parcels('a', 'b', 'c', 'd', 'e'));
  for (const number of [1, 2, 3, 4]) await end(number, 'failed');
  clock.advance(hour);
  expect(tried.at(-1)!.number).toBe(5);
});

test('stopped, it begins nothing more', async () => {
  const { clock, courier, end, tried } = stage(parcels('a', 'a'));
  await end(1, 'failed');
  courier.stop();
  clock.advance(hour);
  courier.look();
  expect(tried).toHaveLength(1);
});

test.each(Array.from({ length: 60 }, (_, index) => 916_000_100 + index))(
  'with a receiver that fails now and then all is delivered once, in order (seed %i)',
  async (seed) => {
    const bytes = seededBytes(seed);
    const random = () => bytes(1)[0]! / 256;
    const all = Array.from({ length: 40 }, (_, index) => ({
      number: index + 1,
      about: `c${Math.floor(random() * 6)}`,
    }));
    const { clock, waiting, end, underWay } = stage(all, random);
    const delivered: number[] = [];
    for (let turn = 0; turn < 5_000 && waiting.size > 0; turn += 1) {
      const open = underWay();
      expect(open.length).toBeLessThanOrEqual(4);
      const number = open[Math.floor(random() * open.length)];
      if (number === undefined) clock.advance(Math.floor(random() * hour));
      else if (random() < 0.3) await end(number, 'failed');
      else {
        await end(number, 'delivered');
        delivered.push(number);
      }
    }
    expect(waiting.size).toBe(0);
    expect(new Set(delivered).size).toBe(40);
    const numbersOf = (about: string) => delivered.filter((number) => all[number - 1]!.about === about);
    for (const { about } of all) expect(numbersOf(about)).toEqual([...numbersOf(about)].sort((a, b) => a - b));
  },
);
