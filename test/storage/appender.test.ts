import { expect, test } from 'vitest';
import { Appender, type JournalPorts, type Tail } from '../../main/hub/store/appender';
import { GatheredRecords } from '../../main/hub/store/gathered-records';
import { startSegment } from '../../main/hub/store/journal';
import { beginning, readJournal } from '../../main/hub/store/journal-reader';
import { JournalTail, type TailDone, type TailWork } from '../../main/hub/store/journal-tail';
import { SyncPace } from '../../main/hub/store/sync-pace';
import { MemoryDisk } from './support/memory-disk';

const identity = { hubId: 'hub-1', epoch: 1 };
const slowSync = { aboveMs: 2, of: 5 };

/** An appender over a disk in memory, its turns and its syncs moved by hand. */
class Bench {
  readonly disk = new MemoryDisk();
  readonly durable: number[] = [];
  readonly failed: string[] = [];
  readonly moves: string[] = [];
  /** How many threads were started, and how many are not closed. */
  threads = { started: 0, running: 0 };
  /** How long a write seems to take. */
  syncMs = 0;
  /** Work that the thread has been given. */
  readonly given: { work: TailWork; done: (done: TailDone) => void }[] = [];
  readonly appender: Appender;
  private threadsTail: JournalTail | null = null;
  private turn: (() => void)[] = [];
  private nowMs = 0;
  private seq = 0;

  constructor() {
    this.disk.makeFolder('/data/journal');
    const started = startSegment(this.disk, '/data', '000001.jsonl', { ...identity, first: 1 });
    this.appender = new Appender('/data', slowSync, this.ports(), {
      appended: (_jsons, seq) => void this.durable.push(seq),
      measured: () => undefined,
      failed: ({ reason }) => void this.failed.push(reason),
      moved: (where) => void this.moves.push(where),
    });
    this.appender.open({ ...started, recordSum: '', tornBytes: 0, lastSeq: 0, lastAt: 0 });
  }

  append(): void {
    this.seq += 1;
    this.appender.append(JSON.stringify({ seq: this.seq, at: this.seq, events: [] }));
  }

  endTurn(): void {
    for (const run of this.turn.splice(0)) run();
  }

  /** The thread does what it was given first. */
  threadWorks(): void {
    const { work, done } = this.given.shift()!;
    done(structuredClone(this.threadsTail!.do(work)));
  }

  threadDies(): void {
    const problem = { kind: 'readOnly', reason: 'fault', freeBytes: null, message: 'died' } as const;
    this.given.shift()!.done({ kind: 'failed', problem, fault: null });
  }

  /** The numbers that a start would read. */
  read(): number[] {
    const read: number[] = [];
    readJournal(this.disk, '/data', identity.hubId, beginning, { record: ({ seq }) => void read.push(seq) });
    return read;
  }

  private measure(): number {
    this.nowMs += this.syncMs;
    return this.nowMs;
  }

  private ports(): JournalPorts {
    return {
      disk: this.disk,
      atTurnEnd: (run) => void this.turn.push(run),
      nowMs: () => this.measure(),
      startTail: (folder, end): Tail => {
        this.threads = { started: this.threads.started + 1, running: this.threads.running + 1 };
        this.threadsTail = new JournalTail(this.disk, folder, end, () => this.measure());
        return {
          do: (work, done) => void this.given.push({ work, done }),
          close: () => {
            this.threadsTail?.close();
            this.threads.running -= 1;
          },
        };
      },
    };
  }
}

/** On a slow disk, until a thread appends. */
function movedOut(): Bench {
  const bench = new Bench();
  bench.syncMs = 20;
  for (let turn = 0; turn < slowSync.of; turn += 1) {
    bench.append();
    bench.endTurn();
  }
  expect(bench.threads).toEqual({ started: 1, running: 1 });
  return bench;
}

test('a turn’s records are durable at its end, by one write and one sync of the hub’s own thread', () => {
  const bench = new Bench();
  bench.syncMs = 2;
  const synced: string[] = [];
  bench.disk.fault = (call) => {
    if (call === 'write' || call === 'sync') synced.push(call);
    return null;
  };
  for (let turn = 0; turn < 3 * slowSync.of; turn += 1) {
    for (let record = 0; record < 3; record += 1) bench.append();
    expect(bench.durable).toHaveLength(turn);
    bench.endTurn();
    expect(bench.durable.at(-1)).toBe(3 * (turn + 1));
  }
  expect(synced.filter((call) => call === 'sync')).toHaveLength(3 * slowSync.of);
  expect(synced.filter((call) => call === 'write')).toHaveLength(3 * slowSync.of);
  expect([bench.threads.started, bench.read().length]).toEqual([0, 9 * slowSync.of]);
});

test('a disk is slow when three of four of its last syncs are, and quick again when half of them are not', () => {
  const pace = new SyncPace({ aboveMs: 2, of: 4 });
  const after = (tookMs: number) => {
    pace.note(tookMs);
    return pace.verdict;
  };
  expect([500, 500, 2].map(after)).toEqual([null, null, null]);
  expect([500, 500, 500, 500, 500].map(after)).toEqual([null, null, null, 'slow', 'slow']);
  expect([1, 1, 500, 2, 2].map(after)).toEqual([null, 'quick', 'quick', 'quick', 'quick']);
});

test('a disk that is quick again is waited for on the hub’s thread again, and nothing is lost or doubled between', () => {
  const bench = movedOut();
  bench.syncMs = 1;
  for (let turn = 1; turn <= slowSync.of; turn += 1) {
    bench.append();
    bench.endTurn();
    // Waits for the last sync there, and is written where the next one is.
    if (turn === slowSync.of) bench.append();
    bench.threadWorks();
  }
  expect([bench.moves, bench.threads]).toEqual([['toThread', 'back'], { started: 1, running: 0 }]);
  bench.append();
  bench.endTurn();
  const all = Array.from({ length: bench.durable.at(-1)! }, (_, index) => index + 1);
  expect([bench.durable, bench.read(), bench.given]).toEqual([all, all, []]);
});

test('on a slow disk a thread appends: what comes during its sync shares the next, and seals keep their place', async () => {
  const bench = movedOut();
  const sealed: string[] = [];
  const first = slowSync.of + 1;
  bench.append();
  bench.endTurn();
  for (let record = 0; record < 3; record += 1) bench.append();
  bench.appender.seal(identity, ({ journalSum }) => void sealed.push(journalSum));
  bench.append();
  bench.endTurn();
  expect([bench.given.length, bench.durable.at(-1)]).toEqual([1, first - 1]);
  bench.threadWorks();
  expect(bench.durable.at(-1)).toBe(first);
  bench.threadWorks();
  expect([bench.durable.at(-1), sealed]).toEqual([first + 3, []]);
  bench.threadWorks();
  expect(sealed).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  bench.threadWorks();
  expect(bench.durable.at(-1)).toBe(first + 4);
  const over = bench.appender.shut();
  await over;
  expect(bench.threads.running).toBe(0);
  expect(bench.read()).toEqual(Array.from({ length: first + 4 }, (_, index) => index + 1));
  expect(bench.disk.paths()).toEqual(['/data/journal/000001.jsonl', '/data/journal/000002.jsonl']);
});

test('a thread that dies in the middle of a write: nothing of it is acknowledged, and the journal is cut back', () => {
  const bench = movedOut();
  bench.append();
  bench.endTurn();
  bench.append();
  const file = bench.disk.open('/data/journal/000001.jsonl', 'append');
  bench.disk.write(file, Buffer.from('{"half'), 0);
  bench.threadDies();
  bench.endTurn();
  expect([bench.durable.at(-1), bench.failed]).toEqual([slowSync.of, ['fault']]);
  expect(String(bench.disk.peek('/data/journal/000001.jsonl'))).not.toContain('{"half');
  expect(bench.read()).toHaveLength(slowSync.of);
});

test('stopped while the thread writes: the journal is let go of only when that is over', async () => {
  const bench = movedOut();
  bench.append();
  bench.endTurn();
  bench.appender.halt();
  let isShut = false;
  const shut = bench.appender.shut().then(() => {
    isShut = true;
  });
  await null;
  expect([isShut, bench.threads.running]).toEqual([false, 1]);
  bench.threadWorks();
  await shut;
  expect([bench.threads.running, bench.durable.at(-1)]).toEqual([0, slowSync.of]);
});

test('a failed write is not tried again: cut back at once, or before the next load where the disk refuses that too', async () => {
  const bench = new Bench();
  bench.append();
  bench.endTurn();
  const before = bench.disk.peek('/data/journal/000001.jsonl')!;
  bench.append();
  bench.disk.fault = (call) => (call === 'sync' || call === 'truncate' ? 'EIO' : null);
  bench.endTurn();
  expect([bench.durable, bench.failed]).toEqual([[1], ['ioError']]);
  expect(bench.disk.peek('/data/journal/000001.jsonl')!.length).toBeGreaterThan(before.length);
  await expect(bench.appender.shut()).rejects.toThrow('EIO');
  bench.disk.fault = () => null;
  await bench.appender.shut();
  expect(bench.disk.peek('/data/journal/000001.jsonl')!.equals(before)).toBe(true);
});

test('the writer is told records 50 ms after the first, or at 64 KB, and before anything else', () => {
  const posts: string[][] = [];
  let timer: { ms: number; run: () => void } | null = null;
  const records = new GatheredRecords(
    (jsons) => void posts.push(jsons),
    (ms, run) => {
      timer = { ms, run };
      return () => {
        timer = null;
      };
    },
  );
  const due = () => timer as { ms: number; run: () => void } | null;
  records.add(['1', '2']);
  records.add(['3']);
  expect([posts, due()?.ms]).toEqual([[], 50]);
  due()!.run();
  expect([posts, due()]).toEqual([[['1', '2', '3']], null]);
  records.add(['x'.repeat(65_535)]);
  expect(posts).toHaveLength(1);
  records.add(['4']);
  expect([posts[1]?.[1], due()]).toEqual(['4', null]);
  records.add(['5']);
  records.flush();
  records.flush();
  expect([posts.slice(2), due()]).toEqual([[['5']], null]);
});
