import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HubStartError } from '../hub-start-error';
import { unpackBackup } from './backup-file';
import { findIdentity, snapshotFile, writeIdentity } from './data-folder';
import { isDiskError, nodeDisk } from './disk';
import { listIfThere, quarantine } from './durable-file';
import { lockFolder } from './folder-lock';
import { hubKeyName, keyIn, nextHubKeyName } from './hub-key';
import { type Identity, startSegment } from './journal';
import { makeFolder } from './make-folder';
import { shortSpaceBytes } from './store';
import { verifyOnDisk } from './verify-folder';

/**
 * Puts a backup in the place of what is in the data folder, which may be new. What was there is kept in quarantine. It is
 * a new epoch, numbered by the time: clients that know a later record by the same number take a snapshot. Rejects with a
 * `HubStartError`, and then nothing has changed. `replaced`: something was there.
 */
export async function restoreBackup(
  file: string,
  folder: string,
  nowMs: number,
  passphrase: string | null = null,
): Promise<{ replaced: boolean }> {
  const made = await makeFolder(folder);
  try {
    return await restoreInto(folder, file, nowMs, passphrase);
  } catch (error) {
    removeEmpty(made);
    throw error;
  }
}

async function restoreInto(folder: string, file: string, nowMs: number, passphrase: string | null) {
  const lock = await lockFolder(folder);
  const fresh = join(folder, 'restoring');
  try {
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    const { identity } = unpackBackup(file, fresh, passphrase, roomIn(folder));
    const epoch = Math.max(identity.epoch, knownEpoch(folder), Math.floor(nowMs / 1_000)) + 1;
    layOutRestored(fresh, { ...identity, epoch });
    const { problems } = verifyOnDisk(nodeDisk, fresh);
    if (problems.length > 0) throw new HubStartError('badBackup', `${file} can't be used: ${problems.join('; ')}.`);
    return { replaced: replaceContent(folder, fresh) };
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    await lock.release();
  }
}

/** The innermost first; where one holds something, it stays. */
function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of [...folders].reverse()) rmdirSync(folder);
  } catch (error) {
    if (!isDiskError(error)) throw error;
  }
}

/** What may be unpacked there: a hub goes on in what is left. */
export function roomIn(folder: string): number {
  return nodeDisk.freeBytes(folder) - shortSpaceBytes;
}

/** Makes a folder to start from out of what a backup holds: who the hub is, and a journal that goes on after the state. */
export function layOutRestored(folder: string, identity: Identity): void {
  const kept = snapshotFile(nodeDisk, folder).load();
  if (!kept) throw new HubStartError('badBackup', 'Its state.json is damaged.');
  nodeDisk.makeFolder(join(folder, 'journal'));
  const header = { ...identity, first: kept.seq + 1, prev: kept.content.journalSum };
  startSegment(nodeDisk, folder, '000001.jsonl', header);
  writeIdentity(nodeDisk, folder, identity);
}

function knownEpoch(folder: string): number {
  try {
    return findIdentity(nodeDisk, folder)?.epoch ?? 0;
  } catch {
    // Damaged, or of a newer Foyer: the time is later than either.
    return 0;
  }
}

const replacedNames =
  /^(hub\.json|config\.json|state\.json(\.\d+)?|hub-key(-next)?\.pem|journal|archive|pages|audit|attachments)$/;

/** Desktops are pinned to the one that is there: a backup from before it was made or changed does not take it away. */
function hasNewerKey(folder: string, fresh: string): boolean {
  const restored = keyIn(nodeDisk, fresh, hubKeyName);
  if (!restored) return true;
  try {
    return (keyIn(nodeDisk, folder, hubKeyName)?.madeAt ?? 0) > restored.madeAt;
  } catch {
    // Damaged: the backup's is better than none.
    return false;
  }
}

/** `hub.json` goes first and comes last: in between the folder is not taken for a whole one, and can be restored again. */
function replaceContent(folder: string, fresh: string): boolean {
  const keepsKey = hasNewerKey(folder, fresh);
  const isReplaced = (name: string) =>
    replacedNames.test(name) && !(keepsKey && (name === hubKeyName || name === nextHubKeyName));
  const old = listIfThere(nodeDisk, folder).filter(isReplaced);
  const hubFirst = (a: string, b: string) => Number(b === 'hub.json') - Number(a === 'hub.json');
  for (const name of old.sort(hubFirst)) quarantine(nodeDisk, folder, name);
  const names = nodeDisk.list(fresh).filter(isReplaced);
  for (const name of names.sort(hubFirst).reverse()) nodeDisk.rename(join(fresh, name), join(folder, name));
  nodeDisk.syncFolder(folder);
  return old.length > 0;
}
