import { join } from 'node:path';
import type { Damage, RecoveryChoice } from '../../../shared/damage';
import { HubStartError } from '../hub-start-error';
import { defaultLimits } from '../limits';
import { type HubState, replayRecord } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import { type SavedConfig, type StoredBase, startingState } from '../state/saved-state';
import { kindOf } from '../system/error-kind';
import { configFile, type Snapshot, snapshotFile } from './data-folder';
import type { Disk } from './disk';
import { quarantine } from './durable-file';
import { countLines } from './file-pieces';
import {
  beginning,
  JournalDamage,
  type JournalEnd,
  OtherJournal,
  type Place,
  readJournal,
  segmentNames,
} from './journal-reader';
import type { Saved } from './saved-forms';

export interface FolderContent {
  base: StoredBase;
  end: JournalEnd;
  /** `seq` of the newest usable snapshot that belongs to this journal; 0: none. */
  snapshotSeq: number;
}

/** Gets the base first, then the records after it. */
export interface FolderVisitor {
  /** The visitor takes over the base's objects. */
  base(base: StoredBase): void;
  /** Records that the base includes and the journal still has, as JSON. */
  known?(jsons: readonly string[]): void;
  /** At most how many of those, counted from the last. */
  knownMax?: number;
  /** `configSeq`: the last record that the base's configuration includes. */
  record(record: HubRecord, json: string, configSeq: number): void;
}

/**
 * Reads the newest usable snapshot and the journal after it. A snapshot that is empty, `null` or damaged is
 * quarantined, one of another journal skipped, and the one before used with a longer replay; never default data.
 * Throws a `HubStartError`.
 */
export function readFolder(disk: Disk, folder: string, hubId: string, visitor: FolderVisitor): FolderContent {
  const config = readConfig(disk, folder);
  for (const kept of snapshotsAndNone(disk, folder)) {
    const base: StoredBase = { state: kept?.content.state ?? null, config };
    const after = kept ? { seq: kept.seq, sum: kept.content.journalSum } : beginning;
    let told = false;
    const tell = () => {
      if (!told) begin(visitor, base, folder);
      told = true;
    };
    try {
      const end = readJournal(disk, folder, hubId, after, {
        knownMax: visitor.knownMax ?? 0,
        known(jsons) {
          tell();
          visitor.known?.(jsons);
        },
        record(record, json) {
          tell();
          visitor.record(record, json, config?.seq ?? 0);
        },
      });
      if (config && config.seq > end.lastSeq) throw endMissing(end, config);
      tell();
      return { base, end, snapshotSeq: after.seq };
    } catch (error) {
      if (error instanceof OtherJournal && kept) continue;
      if (error instanceof JournalDamage) throw damaged(disk, folder, hubId, error);
      throw error;
    }
  }
  throw new Error('unreachable: without a snapshot every journal is its own');
}

/** Newest first, then null. One at a time, because each is as large as the whole state. */
function* snapshotsAndNone(disk: Disk, folder: string): Generator<Saved<Snapshot> | null> {
  yield* snapshotFile(disk, folder).generations();
  yield null;
}

/** A snapshot's place in the journal and its time, without its content. */
interface SnapshotPlace extends Place {
  at: number;
}

function snapshotPlaces(disk: Disk, folder: string): SnapshotPlace[] {
  const places: SnapshotPlace[] = [];
  for (const { seq, content } of snapshotFile(disk, folder).generations())
    places.push({ seq, sum: content.journalSum, at: content.state.at });
  return places;
}

const beginningPlace: SnapshotPlace = { ...beginning, at: 0 };

/** Stops at a saved state with a good checksum that can't be loaded, rather than starting without it. */
function begin(visitor: FolderVisitor, base: StoredBase, folder: string): void {
  try {
    visitor.base(base);
  } catch (error) {
    const { kind, at } = kindOf(error);
    const why = `it can't be taken up (${[kind, at[0]].join(' in ')})`;
    const message = `${join(folder, 'state.json')} is damaged: ${why}. Restore the data folder from a backup.`;
    throw new HubStartError('damaged', message, { file: 'state.json', line: null, why, choices: [] });
  }
}

function readConfig(disk: Disk, folder: string): SavedConfig | null {
  const kept = configFile(disk, folder).load();
  return kept && { seq: kept.seq, config: kept.content };
}

function endMissing(end: JournalEnd, config: SavedConfig): JournalDamage {
  const why = `its end is missing: it ends at record ${end.lastSeq}, and config.json knows ${config.seq}`;
  return new JournalDamage(`journal/${end.segment}`, 1, why, end);
}

function damaged(disk: Disk, folder: string, hubId: string, found: JournalDamage): HubStartError {
  const { file, line, why } = found;
  const damage: Damage = { file, line, why, choices: choicesFor(disk, folder, hubId, found) };
  const offers = damage.choices.map(
    ({ kind, keepsSeq, losesRecords }) =>
      `${kind === 'cut' ? 'cut the journal before it' : 'start from the last saved state'} ` +
      `(keeps records up to ${keepsSeq}, loses ${losesRecords})`,
  );
  const choices = ['restore the data folder from a backup', ...offers].join(', or ');
  const message = `${join(folder, file)} is damaged in line ${line}: ${why}. Nothing was changed. You can ${choices}.`;
  return new HubStartError('damaged', message, damage);
}

/** Replays as a start does, so that a record that can't be replayed shows up as damage. */
export function replaying(): FolderVisitor {
  let state: HubState | null = null;
  return {
    base: (base) => {
      state = startingState(base, defaultLimits);
    },
    record: (record, _json, configSeq) => {
      if (!state) throw new Error('there is nothing yet that a record could be replayed on');
      replayRecord(state, record, configSeq);
    },
  };
}

/** Where a damaged journal would be cut, as offered in the damage's `choices`. */
export function cutPlace(disk: Disk, folder: string, hubId: string): JournalEnd {
  for (const kept of snapshotsAndNone(disk, folder)) {
    const after = kept ? { seq: kept.seq, sum: kept.content.journalSum } : beginning;
    const visitor = replaying();
    visitor.base({ state: kept?.content.state ?? null, config: null });
    try {
      return readJournal(disk, folder, hubId, after, { record: (record, json) => visitor.record(record, json, 0) });
    } catch (error) {
      if (error instanceof JournalDamage) return error.end;
      if (!(error instanceof OtherJournal)) throw error;
    }
  }
  throw new Error('unreachable: without a snapshot every journal is its own');
}

/** Sorted so that the choice keeping most comes first. */
function choicesFor(disk: Disk, folder: string, hubId: string, { end }: JournalDamage): RecoveryChoice[] {
  const snapshots = snapshotPlaces(disk, folder);
  const known = [end.lastSeq + linesAfter(disk, folder, end), snapshots[0]?.seq, readConfig(disk, folder)?.seq];
  const lastSeq = Math.max(...known.map((seq) => seq ?? 0));
  const choice = (kind: RecoveryChoice['kind'], keepsSeq: number, keepsAt: number): RecoveryChoice => ({
    kind,
    keepsSeq,
    keepsAt,
    losesRecords: Math.max(0, lastSeq - keepsSeq),
  });
  const choices: RecoveryChoice[] = [];
  const newest = snapshots[0];
  if (newest) choices.push(choice('snapshot', newest.seq, newest.at));
  const cutAt = end.segment === '' ? null : cutBase(disk, folder, hubId, end, snapshots);
  if (cutAt !== null) choices.unshift(choice('cut', end.lastSeq, Math.max(end.lastAt, cutAt)));
  return choices.sort((a, b) => b.keepsSeq - a.keepsSeq);
}

/** The time of the state a cut journal would be replayed on (0: the beginning); null when there is none. */
function cutBase(
  disk: Disk,
  folder: string,
  hubId: string,
  end: JournalEnd,
  snapshots: readonly SnapshotPlace[],
): number | null {
  for (const after of [...snapshots.filter(({ seq }) => seq <= end.lastSeq), beginningPlace]) {
    try {
      readJournal(disk, folder, hubId, after, { record: () => undefined });
      return after.at;
    } catch (error) {
      // Reading from there gets as far as the damage, so a journal cut there is readable.
      if (error instanceof JournalDamage && error.end.lastSeq === end.lastSeq && error.end.segment === end.segment)
        return after.at;
    }
  }
  return null;
}

function linesAfter(disk: Disk, folder: string, end: JournalEnd): number {
  let count = 0;
  for (const name of segmentNames(disk, folder)) {
    if (Number.parseInt(name, 10) < Number.parseInt(end.segment || '0', 10)) continue;
    const from = name === end.segment ? end.goodBytes : 0;
    const lines = countLines(disk, join(folder, 'journal', name), from);
    count += name === end.segment ? lines : Math.max(0, lines - 1);
  }
  return count;
}

/** Quarantines snapshots and a configuration newer than the record `seq`. */
export function forgetAfter(disk: Disk, folder: string, seq: number): void {
  for (const name of disk.list(folder)) {
    const age = /^state\.json(?:\.(\d+))?$/.exec(name);
    const kept = age ? snapshotFile(disk, folder).load(Number(age[1] ?? 0)) : null;
    if (kept && kept.seq > seq) quarantine(disk, folder, name);
  }
  const config = configFile(disk, folder).load();
  if (config && config.seq > seq) quarantine(disk, folder, 'config.json');
}
