import assert from 'node:assert/strict';
import { HubStartError } from '../../main/hub/hub-start-error';
import type { HubLimits } from '../../main/hub/limits';
import { type HubState, replayRecord } from '../../main/hub/state/hub-state';
import type { HubRecord } from '../../main/hub/state/records';
import { digestOf } from '../../main/hub/state/running-digest';
import { startingState } from '../../main/hub/state/saved-state';
import { readDay } from '../../main/hub/store/archive-day';
import { livedRecords } from '../storage/support/lived';
import type { MemoryDisk } from '../storage/support/memory-disk';
import { digestsOf, Rig, rigLimits, settled } from '../storage/support/rig';

const openTriesMax = 3;

/** An office's records, and the expected content of the store after each. */
export class Office {
  private constructor(
    readonly records: readonly HubRecord[],
    private readonly digests: readonly string[],
    /** The conversations expected in the archive, with their scores. */
    private readonly archived: readonly string[][],
    /** The expected content of the pages. */
    private readonly paged: readonly string[][],
  ) {}

  static async lived(seed: number, count: number): Promise<Office> {
    const records = (await livedRecords(seed, 2 * count)).slice(0, count);
    assert.equal(records.length, count);
    return Office.of(records);
  }

  static of(records: readonly HubRecord[]): Office {
    const scores = new Map<string, number | undefined>();
    const left: string[] = [];
    const state = startingState({ state: null, config: null }, rigLimits, {
      conversation: ({ conversationId, rating }) => void scores.set(conversationId, rating?.score),
      rating: ({ conversationId, rating }) => void scores.set(conversationId, rating.score),
      messages: ({ messages }) => void left.push(linesOf(messages)),
    });
    const archived: string[][] = [[]];
    const paged: string[][] = [[]];
    for (const record of records) {
      replayRecord(state, structuredClone(record), 0);
      archived.push([...scores].map(withScore).sort());
      paged.push([...left].sort());
    }
    return new Office(records, digestsOf(records), archived, paged);
  }

  /** The state equals the one after some record, not before `seq`. */
  checkState(state: HubState, seq: number): void {
    assert.ok(state.seq >= seq, `record ${seq} was seen, and it ends at ${state.seq}`);
    assert.equal(digestOf(state), this.digests[state.seq], `another state than the one after record ${state.seq}`);
  }

  /** Starts a store on this disk and checks it. */
  async checkStart(disk: MemoryDisk, seq: number): Promise<Rig> {
    const rig = await Rig.open(disk);
    this.checkState(rig.state, seq);
    // Late ratings wait until it is read.
    await rig.store.archiveDays();
    assert.deepEqual(
      inArchive(disk),
      this.archived[rig.state.seq],
      'the archive holds other conversations, or other ratings',
    );
    assert.deepEqual(onPages(disk), this.paged[rig.state.seq], 'the pages hold other messages');
    return rig;
  }
}

const withScore = ([conversationId, score]: [string, number | undefined]) => `${conversationId} ${score ?? 'unrated'}`;

const linesOf = (messages: readonly unknown[]) => messages.map((message) => `${JSON.stringify(message)}\n`).join('');

function onPages(disk: MemoryDisk): string[] {
  const paths = disk.paths().filter((path) => path.startsWith('/data/pages/'));
  return paths.map((path) => disk.peek(path)!.toString()).sort();
}

function inArchive(disk: MemoryDisk): string[] {
  return disk
    .paths()
    .filter((path) => path.startsWith('/data/archive/'))
    .flatMap((path) => [...readDay(disk, '/data', path.slice('/data/archive/'.length))])
    .flatMap(({ conversation }) =>
      conversation ? [withScore([conversation.conversationId, conversation.rating?.score])] : [],
    )
    .sort();
}

/** A store from its first start on, killed once while it writes. It continues after every failure. */
export class Life {
  private rig: Rig | null = null;
  private seenBefore = 0;

  constructor(
    private readonly office: Office,
    private readonly disk: MemoryDisk,
    /** Repairs the disk. */
    private readonly mend: () => void = () => undefined,
    private readonly limits: HubLimits = rigLimits,
  ) {}

  /** The last record that a client may have seen: all up to it must never be lost. */
  get seen(): number {
    return Math.max(this.seenBefore, this.rig?.acknowledged ?? 0);
  }

  /** Runs up to the last record; `end` closes the store. */
  async run(): Promise<{ end(): Promise<void> }> {
    const { length } = this.office.records;
    await this.write(await this.start(), length >> 1);
    this.kill();
    const rig = await this.start();
    await this.write(rig, length);
    return { end: () => rig.store.close() };
  }

  private async start(): Promise<Rig> {
    for (let tries = 1; ; tries += 1) {
      try {
        this.rig = await Rig.open(this.disk, this.limits);
        this.hold(this.rig);
        return this.rig;
      } catch (error) {
        if (!(error instanceof HubStartError) || error.code !== 'folderUnwritable' || tries === openTriesMax)
          throw error;
        this.mend();
      }
    }
  }

  private async write(rig: Rig, count: number): Promise<void> {
    while (rig.state.seq < count) {
      for (const record of this.office.records.slice(rig.state.seq, Math.min(rig.state.seq + 3, count)))
        rig.append(record);
      await settled();
      if (!rig.problem) continue;
      await rig.recover(this.mend);
      this.hold(rig);
    }
  }

  private hold(rig: Rig): void {
    this.office.checkState(rig.state, this.seen);
    this.seenBefore = rig.state.seq;
  }

  /** Kills it in the middle of its work. */
  private kill(): void {
    const { disk } = this;
    const { fault } = disk;
    this.seenBefore = this.seen;
    this.rig = null;
    disk.kill();
    const last = (folder: string) =>
      disk
        .paths()
        .filter((path) => path.startsWith(folder))
        .at(-1);
    for (const path of [last('/data/journal/'), last('/data/archive/'), '/data/.tmp']) {
      if (path === undefined) continue;
      const file = disk.open(path, 'append');
      disk.write(file, Buffer.from('{"unfinished'), 0);
      disk.close(file);
    }
    disk.fault = fault;
  }
}
