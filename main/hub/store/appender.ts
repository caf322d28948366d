import type { HubLimits } from '../limits';
import type { ErrorKind } from '../system/error-kind';
import type { Disk } from './disk';
import { cutBack, type Identity } from './journal';
import type { JournalEnd } from './journal-reader';
import { failureOf, JournalTail, type TailDone, type TailFailure, type TailWork } from './journal-tail';
import type { StoreProblem } from './store';
import { freeBytesOf } from './store-problem';
import { SyncPace } from './sync-pace';

/** Does the work one after another, on the hub's thread or on one of its own. */
export interface Tail {
  /** `done` may be called before this returns. */
  do(work: TailWork, done: (done: TailDone) => void): void;
  /** Called while no work is under way. */
  close(): void;
}

/** A thread that works at the journal's end; `done` is called later for each `do`, also when the thread dies. */
export type StartTail = (folder: string, end: JournalEnd) => Tail;

/** What the hub's thread writes the journal with. */
export interface JournalPorts {
  disk: Disk;
  /** Runs it once everything that has arrived by now is handled, so that what arrived together shares a sync. */
  atTurnEnd(run: () => void): void;
  /** A clock to measure a sync with, in ms. */
  nowMs(): number;
  startTail: StartTail;
}

/** The journal at the seal. */
export interface Sealed {
  /** Its checksum after the last record. */
  journalSum: string;
  /** Why no new segment was begun, though the journal goes on in the one it has. */
  refused: ErrorKind | null;
}

export interface AppenderListener {
  /** These records are durable, the last of them `seq`. */
  appended(jsons: string[], seq: number): void;
  measured(freeBytes: number): void;
  /** Nothing more is written; what waited is dropped. */
  failed(problem: StoreProblem, fault: ErrorKind | null): void;
  /** From now on a thread of its own appends, or the hub's thread again. */
  moved(where: 'toThread' | 'back'): void;
}

type Entry =
  | { kind: 'append'; jsons: string[] }
  | { kind: 'seal'; identity: Identity; then: (sealed: Sealed) => void }
  | { kind: 'run'; run: () => void };

/**
 * Appends to the journal: the records of one turn of the event loop go out in one write and one sync, on the hub's own
 * thread, so that an acknowledgement waits for no other thread. While the disk is slow, a thread of its own does it, and
 * what arrives meanwhile shares the next one.
 */
export class Appender {
  private queue: Entry[] = [];
  private tail: Tail | null = null;
  private isHere = true;
  /** After the last durable record; null before the first load. */
  private end: JournalEnd | null = null;
  private isBusy = false;
  private isScheduled = false;
  /** Written bytes after `end` may be readable without being durable. */
  private toMend = false;
  private waiting: (() => void)[] = [];
  private pace: SyncPace;

  constructor(
    private readonly folder: string,
    private readonly slowSync: HubLimits['slowSync'],
    private readonly ports: JournalPorts,
    private readonly told: AppenderListener,
  ) {
    this.pace = new SyncPace(slowSync);
  }

  /** The journal's checksum after the last durable record. */
  get journalSum(): string {
    return this.end?.recordSum ?? '';
  }

  get isIdle(): boolean {
    return !this.isBusy && this.queue.length === 0;
  }

  /** `end`: as the load has read and settled it. */
  open(end: JournalEnd): void {
    const { disk, nowMs } = this.ports;
    const tail = new JournalTail(disk, this.folder, end, nowMs);
    this.end = end;
    this.settle({ do: (work, done) => done(tail.do(work)), close: () => tail.close() }, true);
  }

  append(json: string): void {
    const last = this.queue.at(-1);
    if (last?.kind === 'append') last.jsons.push(json);
    else this.queue.push({ kind: 'append', jsons: [json] });
    this.schedule();
  }

  /** Ends the segment behind everything appended so far. */
  seal(identity: Identity, then: (sealed: Sealed) => void): void {
    this.queue.push({ kind: 'seal', identity, then });
    this.schedule();
  }

  /** Runs it once everything appended so far is durable; never when that fails. */
  behind(run: () => void): void {
    if (this.isIdle) run();
    else this.queue.push({ kind: 'run', run });
  }

  /** Resolves when nothing is left to do, without waiting for the end of the turn. */
  drain(): Promise<void> {
    this.next();
    return this.idle();
  }

  /** Tells the room that is left, and proves that the folder is still there. */
  measure(): void {
    try {
      this.told.measured(this.ports.disk.freeBytes(this.folder));
    } catch (error) {
      this.fail(failureOf(error));
    }
  }

  /** Drops what waits; nothing more is written until `open`. */
  halt(): void {
    this.queue = [];
    this.toMend ||= this.tail !== null;
    if (this.isBusy) return;
    try {
      this.mend();
    } catch {
      // The next load mends it.
    }
  }

  /** Closes the journal, cut back to its last durable byte. Rejects when the disk refuses that. */
  async shut(): Promise<void> {
    await this.idle();
    this.mend();
  }

  private schedule(): void {
    if (this.isScheduled || this.isBusy) return;
    this.isScheduled = true;
    this.ports.atTurnEnd(() => {
      this.isScheduled = false;
      this.next();
    });
  }

  private next(): void {
    while (this.tail && !this.isBusy) {
      const entry = this.queue.shift();
      if (!entry) break;
      this.isBusy = true;
      if (entry.kind === 'run') {
        entry.run();
        this.isBusy = false;
      } else {
        const work = entry.kind === 'seal' ? ({ kind: 'seal', identity: entry.identity } as const) : entry;
        this.tail.do(work, (done) => this.did(entry, done));
      }
    }
    if (this.isIdle) for (const resolve of this.waiting.splice(0)) resolve();
  }

  private did(entry: Exclude<Entry, { kind: 'run' }>, done: TailDone): void {
    if (done.kind === 'done') {
      this.end = done.end;
      if (!this.toMend) this.tell(entry, done);
    }
    this.isBusy = false;
    if (this.toMend) this.halt();
    else if (done.kind === 'failed') this.fail(done);
    else this.move(done.end);
  }

  /** Still busy meanwhile, so that whatever is asked for now comes behind it. */
  private tell(entry: Exclude<Entry, { kind: 'run' }>, { end, freeBytes, tookMs, refused }: DoneWell): void {
    if (entry.kind === 'seal') entry.then({ journalSum: end.recordSum, refused });
    else {
      this.pace.note(tookMs);
      this.told.appended(entry.jsons, end.lastSeq);
    }
    this.told.measured(freeBytes);
  }

  /** To where the disk is waited for best. */
  private move(end: JournalEnd): void {
    const { verdict } = this.pace;
    if (this.isHere ? verdict !== 'slow' : verdict !== 'quick') return;
    this.tail?.close();
    if (this.isHere) this.moveOut(end);
    else this.open(end);
    this.told.moved(this.isHere ? 'back' : 'toThread');
  }

  private moveOut(end: JournalEnd): void {
    const thread = this.ports.startTail(this.folder, end);
    const tail: Tail = {
      do: (work, done) =>
        thread.do(work, (said) => {
          done(said);
          this.next();
        }),
      close: () => thread.close(),
    };
    this.settle(tail, false);
  }

  private settle(tail: Tail, isHere: boolean): void {
    this.tail = tail;
    this.isHere = isHere;
    this.pace = new SyncPace(this.slowSync);
  }

  private fail({ problem, fault }: TailFailure): void {
    this.halt();
    // Cut back, it may have more room than when it failed.
    this.told.failed({ ...problem, freeBytes: freeBytesOf(this.ports.disk, this.folder) }, fault);
  }

  private mend(): void {
    this.tail?.close();
    this.tail = null;
    if (this.toMend && this.end) cutBack(this.ports.disk, this.folder, this.end);
    this.toMend = false;
  }

  private idle(): Promise<void> {
    return this.isIdle ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }
}

type DoneWell = Extract<TailDone, { kind: 'done' }>;
