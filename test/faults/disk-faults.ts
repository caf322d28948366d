import assert from 'node:assert/strict';
import type { HubLimits } from '../../main/hub/limits';
import { recoverOnDisk } from '../../main/hub/store/recover-folder';
import type { RecoveryChoice } from '../../shared/damage';
import { seededRandom } from '../storage/support/lived';
import { type Fault, MemoryDisk } from '../storage/support/memory-disk';
import { Rig } from '../storage/support/rig';
import { Life, type Office } from './life';
import { type Looked, look, type Share } from './places';

/** The fault at the call numbered `number` if the first that fails is `first`. */
type Way = (number: number, first: number) => Fault | null;

const once =
  (fault: Fault): Way =>
  (number, first) =>
    number === first ? fault : null;
const lasting =
  (fault: Fault): Way =>
  (number, first) =>
    number >= first ? fault : null;

export const faultWays = {
  'ENOSPC once': once('ENOSPC'),
  'ENOSPC lasting': lasting('ENOSPC'),
  'EIO once': once('EIO'),
  'EIO lasting': lasting('EIO'),
  'short write once': once('short'),
  'short writes lasting': lasting('short'),
  'short write, then ENOSPC': (number, first) => (number > first ? 'ENOSPC' : number === first ? 'short' : null),
  'EIO, again in the recovery': (number, first) =>
    number === first || number === first + 1 + ((first * 7) % 50) ? 'EIO' : null,
} satisfies Record<string, Way>;
export type FaultWay = keyof typeof faultWays;

class PowerCut extends Error {}

/** How many disk calls a life makes without faults. */
export async function callsOf(office: Office, limits?: HubLimits): Promise<number> {
  const disk = new MemoryDisk();
  await (await new Life(office, disk, undefined, limits).run()).end();
  return disk.calls;
}

/** A fault at each call, of one kind: no acknowledged record is lost, and the store recovers by itself. */
export function faults(
  office: Office,
  calls: number,
  way: FaultWay,
  share: Share,
  limits?: HubLimits,
): Promise<Looked> {
  return look(calls, share, async (place) => {
    const first = place + 1;
    const disk = new MemoryDisk();
    disk.fault = (_call, number) => faultWays[way](number, first);
    const mend = () => {
      disk.fault = () => null;
    };
    const life = new Life(office, disk, mend, limits);
    const { end } = await life.run();
    const random = seededRandom(first);
    await office.checkStart(disk.cutPower(random), office.records.length);
    await end();
    await office.checkStart(disk.cutPower(random), office.records.length);
  });
}

/** A power cut before each call, and another during the next start: all acknowledged records are there, in order. */
export function powerCuts(
  office: Office,
  calls: number,
  outcome: number,
  share: Share,
  limits?: HubLimits,
): Promise<Looked> {
  return look(calls, share, async (place) => {
    const random = seededRandom(place + outcome * 2 ** 20);
    const disk = new MemoryDisk();
    const mend = () => {
      throw new PowerCut();
    };
    const life = new Life(office, disk, mend, limits);
    const cut = { disk, seen: 0 };
    disk.fault = (_call, number) => {
      if (number <= place) return null;
      if (cut.disk === disk) Object.assign(cut, { disk: disk.cutPower(random), seen: life.seen });
      return 'EIO';
    };
    await life.run().then(
      ({ end }) => end(),
      (error) => {
        if (!(error instanceof PowerCut)) throw error;
      },
    );
    const once = cut.disk.copy();
    const again = await office.checkStart(once, cut.seen);
    const inStart = Math.floor(random() * once.calls);
    await office.checkStart(once.cutPower(random), again.state.seq);
    await office.checkStart(await cutAt(cut.disk, inStart, random, () => Rig.open(cut.disk)), cut.seen);
  });
}

/** A power cut before each call of a recovery, which is then repeated: the result is the same. */
export async function recoveryCuts(office: Office, kind: RecoveryChoice['kind'], share: Share): Promise<Looked> {
  const damaged = await damagedDisk(office);
  const whole = damaged.copy();
  recoverOnDisk(whole, '/data', kind);
  const { calls } = whole;
  const { state, store } = await Rig.open(whole);
  office.checkState(state, 1);
  return look(calls, share, async (place) => {
    const disk = damaged.copy();
    const cut = await cutAt(disk, place, seededRandom(place), () => recoverOnDisk(disk, '/data', kind));
    const again = await Rig.open(cut).catch((error) => {
      assert.equal(error.code, 'damaged');
      recoverOnDisk(cut, '/data', kind);
      return Rig.open(cut);
    });
    office.checkState(again.state, state.seq);
    assert.equal(again.state.seq, state.seq);
    assert.ok(again.store.epoch >= store.epoch, 'clients would go on where the numbers are given anew');
  });
}

/** A folder with a damaged line after the newest snapshot. */
async function damagedDisk(office: Office): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  await new Life(office, disk).run();
  const journal = disk
    .paths()
    .filter((path) => path.startsWith('/data/journal/'))
    .at(-1)!;
  const [header, ...lines] = String(disk.peek(journal)).split('\n');
  assert.ok(lines.length > 3);
  lines[2] = lines[2]!.replace('"seq"', '"sek"');
  disk.spoil(journal, Buffer.from([header, ...lines].join('\n')));
  return disk.kill();
}

/** Cuts the power in `work` before the call numbered `place`, or after its last. */
async function cutAt(disk: MemoryDisk, place: number, random: () => number, work: () => unknown): Promise<MemoryDisk> {
  let after: MemoryDisk | null = null;
  disk.fault = (_call, number) => {
    if (number <= place) return null;
    after ??= disk.cutPower(random);
    return 'EIO';
  };
  await Promise.resolve()
    .then(work)
    .catch(() => undefined);
  return after ?? disk.cutPower(random);
}
