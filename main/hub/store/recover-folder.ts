import { dirname, join } from 'node:path';
import type { RecoveryChoice } from '../../../shared/damage';
import { HubStartError } from '../hub-start-error';
import { openIdentity, snapshotFile, writeIdentity } from './data-folder';
import { type Disk, nodeDisk } from './disk';
import { quarantine, quarantineCopy } from './durable-file';
import { readPieces } from './file-pieces';
import { lockFolder } from './folder-lock';
import { type Identity, startSegment } from './journal';
import { segmentNames } from './journal-reader';
import { cutPlace, forgetAfter, readFolder, replaying } from './read-folder';

/**
 * Carries out a person's recovery choice for a damaged folder. Dropped data is kept in quarantine. Record numbers are
 * reused from there, so a new epoch begins and every client gets a snapshot. Rejects with a `HubStartError`.
 */
export async function recoverFolder(folder: string, kind: RecoveryChoice['kind'], disk = nodeDisk): Promise<void> {
  const lock = await lockFolder(folder);
  try {
    recoverOnDisk(disk, folder, kind);
  } finally {
    await lock.release();
  }
}

/** Idempotent: can be run again after a crash. */
export function recoverOnDisk(disk: Disk, folder: string, kind: RecoveryChoice['kind']): void {
  const refuse = () => {
    const message = `${folder} can't be recovered that way: nothing is damaged, or this would keep nothing.`;
    throw new HubStartError('damaged', message);
  };
  const { identity } = openIdentity(disk, folder, refuse);
  const choice = choicesOf(disk, folder, identity.hubId).find((each) => each.kind === kind) ?? refuse();
  writeIdentity(disk, folder, { ...identity, epoch: identity.epoch + 1 });
  if (kind === 'cut') cutJournal(disk, folder, identity, choice.keepsSeq);
  else startAfterSnapshot(disk, folder, { ...identity, epoch: identity.epoch + 1 });
}

function choicesOf(disk: Disk, folder: string, hubId: string): RecoveryChoice[] {
  try {
    readFolder(disk, folder, hubId, replaying());
    return [];
  } catch (error) {
    if (error instanceof HubStartError) return error.damage?.choices ?? [];
    throw error;
  }
}

function cutJournal(disk: Disk, folder: string, { hubId }: Identity, keepsSeq: number): void {
  const end = cutPlace(disk, folder, hubId);
  const later = segmentNames(disk, folder).filter(
    (name) => Number.parseInt(name, 10) > Number.parseInt(end.segment, 10),
  );
  // Newest first, so that the remaining segments form a valid journal at every step.
  for (const name of later.reverse()) quarantine(disk, folder, `journal/${name}`);
  const path = join(folder, 'journal', end.segment);
  quarantineCopy(disk, folder, `journal/${end.segment}`, readPieces(disk, path));
  const file = disk.open(path, 'append');
  try {
    disk.truncate(file, end.goodBytes);
    disk.sync(file);
  } finally {
    disk.close(file);
  }
  forgetAfter(disk, folder, keepsSeq);
}

function startAfterSnapshot(disk: Disk, folder: string, identity: Identity): void {
  const newest = snapshotFile(disk, folder).generations().next().value;
  if (!newest) throw new Error('there is no snapshot to start from');
  forgetAfter(disk, folder, newest.seq);
  const names = segmentNames(disk, folder);
  for (const name of [...names].reverse()) quarantine(disk, folder, `journal/${name}`);
  const last = names.at(-1);
  const name = `${String((last === undefined ? 0 : Number.parseInt(last, 10)) + 1).padStart(6, '0')}.jsonl`;
  startSegment(disk, folder, name, { ...identity, first: newest.seq + 1, prev: newest.content.journalSum });
  disk.syncFolder(dirname(join(folder, 'journal', name)));
}
