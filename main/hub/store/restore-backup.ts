import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HubStartError } from '../hub-start-error';
import { indexDays } from './archive-index';
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
 * Replaces the content of the data folder, which may be new, with a backup. The old content is kept in quarantine. A
 * new epoch begins, numbered by the time, because record numbers are reused: clients get a snapshot. On a
 * `HubStartError` nothing has changed. `replaced`: there was old content.
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
    indexDays(nodeDisk, fresh);
    return { replaced: replaceContent(folder, fresh) };
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    await lock.release();
  }
}

/** Removes innermost first, and stops at one that is not empty. */
function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of [...folders].reverse()) rmdirSync(folder);
  } catch (error) {
    if (!isDiskError(error)) throw error;
  }
}

/** How many bytes may be unpacked, leaving the hub enough space to run. */
function roomIn(folder: string): number {
  return nodeDisk.freeBytes(folder) - shortSpaceBytes;
}

/** Completes an unpacked backup into a data folder: adds the identity, and a journal that continues after the state. */
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
    // Damaged, or from a newer Foyer; the epoch from the time is higher anyway.
    return 0;
  }
}

const replacedNames =
  /^(hub\.json|config\.json|state\.json(\.\d+)?|hub-key(-next)?\.pem|journal|archive|pages|audit|customers|attachments)$/;

/** Whether to keep the folder's key: desktops are pinned to it, so an older or missing key in a backup must not win. */
function hasNewerKey(folder: string, fresh: string): boolean {
  const restored = keyIn(nodeDisk, fresh, hubKeyName);
  if (!restored) return true;
  try {
    return (keyIn(nodeDisk, folder, hubKeyName)?.madeAt ?? 0) > restored.madeAt;
  } catch {
    // Damaged: the backup's key is better than none.
    return false;
  }
}

/** Moves `hub.json` out first and in last, so that a crash in between leaves a folder known to be incomplete. */
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
