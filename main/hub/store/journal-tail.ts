import { type ErrorKind, kindOf } from '../system/error-kind';
import type { Disk } from './disk';
import { type Identity, Journal } from './journal';
import type { JournalEnd } from './journal-reader';
import type { StoreProblem } from './store';
import { isGrave, problemOf } from './store-problem';

/** What is done at the journal's end: one write and one sync, or a new segment. */
export type TailWork = { kind: 'append'; jsons: string[] } | { kind: 'seal'; identity: Identity };

export type TailDone =
  | {
      kind: 'done';
      end: JournalEnd;
      freeBytes: number;
      /** How long write and sync took. */
      tookMs: number;
      /** Why no new segment was begun, though the journal goes on in the one it has. */
      refused: ErrorKind | null;
    }
  | TailFailure;

/** Nothing more is written; the journal has to be cut back to its end before it is read. */
export interface TailFailure {
  kind: 'failed';
  problem: StoreProblem;
  /** For the log, where it is not the disk's. */
  fault: ErrorKind | null;
}

export function failureOf(error: unknown): TailFailure {
  const problem = problemOf(error, null);
  return { kind: 'failed', problem, fault: problem.reason === 'fault' ? kindOf(error) : null };
}

/** Works at the journal's end, on whichever thread holds it. Never throws. */
export class JournalTail {
  private journal: Journal | null = null;

  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
    private readonly end: JournalEnd,
    private readonly nowMs: () => number,
  ) {}

  do(work: TailWork): TailDone {
    try {
      this.journal ??= new Journal(this.disk, this.folder, this.end);
      return this.done(this.journal, work);
    } catch (error) {
      this.close();
      return failureOf(error);
    }
  }

  close(): void {
    try {
      this.journal?.close();
    } catch {
      // What was synced stays, and nothing else was acknowledged.
    }
    this.journal = null;
  }

  private done(journal: Journal, work: TailWork): TailDone {
    const startedMs = this.nowMs();
    const refused = work.kind === 'seal' ? sealed(journal, work.identity) : null;
    if (work.kind === 'append') journal.append(work.jsons);
    const tookMs = this.nowMs() - startedMs;
    // Also proves that the file still exists: writing to a removed one succeeds.
    return { kind: 'done', end: journal.end, freeBytes: journal.freeBytes(), tookMs, refused };
  }
}

function sealed(journal: Journal, identity: Identity): ErrorKind | null {
  try {
    journal.seal(identity);
    return null;
  } catch (error) {
    if (isGrave(error) || !journal.isOpen) throw error;
    return kindOf(error);
  }
}
