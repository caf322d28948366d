import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HubStartError } from '../hub-start-error';
import { defaultLimits } from '../limits';
import { startingState } from '../state/saved-state';
import { readDay } from './archive-day';
import { indexPath } from './archive-index';
import { attachmentPath } from './attachment-files';
import { backupFileName, packBackup, readBackup } from './backup-file';
import { snapshotFile } from './data-folder';
import { type Disk, nodeDisk } from './disk';
import { isThere, listIfThere, pacedWriter, readIfThere, replaceFile } from './durable-file';
import { readPieces } from './file-pieces';
import { hubKeyName, nextHubKeyName } from './hub-key';
import type { Identity } from './journal';
import { unwritable } from './make-folder';
import { lookThrough, pagedOf, pagePaths } from './pages';
import { layOutRestored } from './restore-backup';
import type { MadeBackup } from './store';
import { verifyOnDisk } from './verify-folder';

/** What the writer staged for a backup: the state at one time, and the lengths of archive and audit log then. */
export interface StagedBackup {
  folder: string;
  /** Without an extension: `foyer-2026-11-22T14-03-12Z`. */
  name: string;
  identity: Identity;
  /** The last record included. */
  seq: number;
  archive: { name: string; bytes: number }[];
  audit: { name: string; bytes: number }[];
  customers: { name: string; bytes: number }[];
}

function stagingFolder(folder: string, name: string): string {
  return join(folder, 'backups', `${name}.making`);
}

/**
 * Removes what an interrupted backup left, which holds the hub's state and key unencrypted. Call it right after locking
 * the folder, when no backup is running. Rejects with a `HubStartError`.
 */
export async function removeUnfinished(folder: string): Promise<void> {
  const backups = join(folder, 'backups');
  try {
    for (const name of listIfThere(nodeDisk, backups))
      if (/\.making(\.checked|\.packed)?$/.test(name)) await rm(join(backups, name), { recursive: true });
  } catch (error) {
    throw unwritable(backups, error);
  }
}

/**
 * Copies the files that get replaced later, also these days of the archive. Runs on the writer's thread; the append-only
 * rest is copied afterwards.
 */
export function putAside(disk: Disk, folder: string, name: string, days: readonly string[]): void {
  const staged = stagingFolder(folder, name);
  disk.makeFolder(join(folder, 'backups'));
  disk.makeFolder(staged);
  for (const file of ['config.json', 'state.json'])
    replaceFile(disk, join(staged, file), readPieces(disk, join(folder, file)));
  for (const name of [hubKeyName, nextHubKeyName]) {
    const key = readIfThere(disk, join(folder, name));
    if (key) replaceFile(disk, join(staged, name), key);
  }
  if (days.length > 0) disk.makeFolder(join(staged, 'archive'));
  for (const day of days)
    replaceFile(disk, join(staged, 'archive', day), readPieces(disk, join(folder, 'archive', day)));
}

/**
 * Packs the staged files, then reads the result and verifies that it holds exactly these, that a hub could start from
 * them and that everything the state and the archive name is there; only then does it get its final name. Synchronous
 * and slow: needs its own thread. Writes as little as it can, because the journal's syncs wait for what the disk has
 * yet to write.
 */
export function makeBackup(backup: StagedBackup, passphrase: string | null): MadeBackup {
  const { folder, name, identity, seq } = backup;
  const staged = stagingFolder(folder, name);
  const checked = `${staged}.checked`;
  const fileName = backupFileName(name, passphrase);
  const made = `${staged}.packed`;
  try {
    const names = stageFiles(backup, staged);
    packBackup(staged, names, made, passphrase, { ...identity, seq });
    mkdirSync(checked, { mode: 0o700 });
    const packed = readBackup(made, checked, passphrase);
    const missing = names.filter((each) => !packed.names.has(each));
    // What is in it has the checksums of the staged files, so these show what would be restored.
    layOutRestored(staged, packed.identity);
    const problems = [...missing.map((each) => `${each} is not in it`), ...verifyOnDisk(nodeDisk, staged).problems];
    if (problems.length > 0) throw new HubStartError('badBackup', `It could not be read back: ${problems.join('; ')}.`);
    renameSync(made, join(folder, 'backups', fileName));
    nodeDisk.syncFolder(join(folder, 'backups'));
    return { fileName, bytes: statSync(join(folder, 'backups', fileName)).size };
  } finally {
    for (const path of [staged, checked, made]) rmSync(path, { recursive: true, force: true });
  }
}

/** Puts files beside the staged ones, up to their staged length; what was added later is also in the state. */
function putUpTo(folder: string, staged: string, of: string, files: StagedBackup['archive']): string[] {
  for (const { name, bytes } of files) {
    const [from, to] = [join(folder, of, name), join(staged, of, name)];
    if (isThere(nodeDisk, to)) continue;
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    const isOver = of === 'archive' && isThere(nodeDisk, indexPath(folder, name));
    if (isOver && nodeDisk.bytes(from) === bytes) linkOrCopy(from, to);
    else copyUpTo(from, to, bytes);
  }
  return files.map(({ name }) => `${of}/${name}`);
}

function copyUpTo(from: string, to: string, bytes: number): void {
  const file = nodeDisk.open(to, 'create');
  try {
    const write = pacedWriter(nodeDisk, file);
    for (const piece of readPieces(nodeDisk, from, 0, bytes)) write(piece);
  } finally {
    nodeDisk.close(file);
  }
}

/** Adds append-only and immutable files to the staged ones. Returns the names of all. */
function stageFiles({ folder, archive, audit, customers }: StagedBackup, staged: string): string[] {
  const names = nodeDisk.list(staged).filter((name) => name !== 'archive');
  for (const [of, files] of Object.entries({ archive, audit, customers }))
    names.push(...putUpTo(folder, staged, of, files));
  for (const path of namedIn(folder, staged)) {
    if (!isThere(nodeDisk, join(folder, path)))
      throw new HubStartError('damaged', `${path} is missing, though a message names it.`);
    mkdirSync(dirname(join(staged, path)), { recursive: true, mode: 0o700 });
    linkOrCopy(join(folder, path), join(staged, path));
    names.push(path.replaceAll('\\', '/'));
  }
  return names;
}

/** The pages and attachments that its state or archive names: exactly those that belong in it. */
function namedIn(folder: string, staged: string): Set<string> {
  const kept = snapshotFile(nodeDisk, staged).load();
  if (!kept) throw new HubStartError('badBackup', 'Its state.json is damaged.');
  const named = new Set<string>();
  const note = (attachmentIds: Iterable<string>) => {
    for (const attachmentId of attachmentIds) named.add(attachmentPath(attachmentId));
  };
  const noteEarlier = (conversation: Parameters<typeof pagedOf>[0]) => {
    const paged = pagedOf(conversation);
    for (const path of pagePaths(nodeDisk, folder, paged)) named.add(path);
    note(lookThrough(nodeDisk, folder, paged).attachmentIds);
  };
  const state = startingState({ state: kept.content.state, config: null }, defaultLimits);
  note(state.uploads.needed());
  for (const each of state.threads.held()) noteEarlier(each);
  for (const name of listIfThere(nodeDisk, join(staged, 'archive')))
    for (const { conversation } of readDay(nodeDisk, staged, name)) {
      if (!conversation) continue;
      for (const { attachments = [] } of conversation.messages)
        note(attachments.map(({ attachmentId }) => attachmentId));
      noteEarlier(conversation);
    }
  return named;
}

/** Hard-links where possible, because the files never change: at most they are replaced. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // A file system without hard links.
    copyFileSync(from, to);
  }
}
