import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HubStartError } from '../hub-start-error';
import { defaultLimits } from '../limits';
import { startingState } from '../state/saved-state';
import { readDay } from './archive-day';
import { attachmentPath } from './attachment-files';
import { backupFileName, packBackup, unpackBackup } from './backup-file';
import { snapshotFile } from './data-folder';
import { type Disk, nodeDisk } from './disk';
import { isThere, listIfThere, readIfThere, replaceFile } from './durable-file';
import { readPieces } from './file-pieces';
import { hubKeyName, nextHubKeyName } from './hub-key';
import type { Identity } from './journal';
import { unwritable } from './make-folder';
import { lookThrough, pagedOf, pagePaths } from './pages';
import { layOutRestored, roomIn } from './restore-backup';
import type { MadeBackup } from './store';
import { verifyOnDisk } from './verify-folder';

/** What the writer has put aside for a backup: the state of one moment, and how far the archive and the audit log went then. */
export interface StagedBackup {
  folder: string;
  /** Without an ending: `foyer-2026-11-22T14-03-12Z`. */
  name: string;
  identity: Identity;
  /** The last record in it. */
  seq: number;
  archive: { name: string; bytes: number }[];
  audit: { name: string; bytes: number }[];
}

function stagingFolder(folder: string, name: string): string {
  return join(folder, 'backups', `${name}.making`);
}

/**
 * Removes what an interrupted backup has left, which holds the hub's state and key in the clear. To be called right
 * after the folder was locked, when no backup is being made. Rejects with a `HubStartError`.
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

/** On the writer's thread: these two are replaced as time goes on, and the archive only grows. */
export function putAside(disk: Disk, folder: string, name: string): void {
  const staged = stagingFolder(folder, name);
  disk.makeFolder(join(folder, 'backups'));
  disk.makeFolder(staged);
  for (const file of ['config.json', 'state.json'])
    replaceFile(disk, join(staged, file), readPieces(disk, join(folder, file)));
  for (const name of [hubKeyName, nextHubKeyName]) {
    const key = readIfThere(disk, join(folder, name));
    if (key) replaceFile(disk, join(staged, name), key);
  }
}

/**
 * Packs what was put aside, and unpacks it again to see that a hub could start from it, and that all of it is there that
 * the state and the archive name; only then it gets its name. Synchronous and long: for a thread of its own.
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
    const unpacked = unpackBackup(made, checked, passphrase, roomIn(folder));
    const missing = names.filter((each) => !unpacked.names.has(each));
    layOutRestored(checked, unpacked.identity);
    const problems = [...missing.map((each) => `${each} is not in it`), ...verifyOnDisk(nodeDisk, checked).problems];
    if (problems.length > 0) throw new HubStartError('badBackup', `It could not be read back: ${problems.join('; ')}.`);
    renameSync(made, join(folder, 'backups', fileName));
    nodeDisk.syncFolder(join(folder, 'backups'));
    return { fileName, bytes: statSync(join(folder, 'backups', fileName)).size };
  } finally {
    for (const path of [staged, checked, made]) rmSync(path, { recursive: true, force: true });
  }
}

/** What was added since then would come twice. Returns their names. */
function copyUpTo(folder: string, staged: string, of: string, files: StagedBackup['archive']): string[] {
  mkdirSync(join(staged, of), { mode: 0o700 });
  for (const { name, bytes } of files) {
    const copy = join(staged, of, name);
    copyFileSync(join(folder, of, name), copy);
    truncateSync(copy, bytes);
  }
  return files.map(({ name }) => `${of}/${name}`);
}

/** Puts what only grows and what never changes beside what was put aside. Returns the names of all of it. */
function stageFiles({ folder, archive, audit }: StagedBackup, staged: string): string[] {
  const names = nodeDisk.list(staged);
  names.push(...copyUpTo(folder, staged, 'archive', archive), ...copyUpTo(folder, staged, 'audit', audit));
  for (const path of namedIn(folder, staged)) {
    if (!isThere(nodeDisk, join(folder, path)))
      throw new HubStartError('damaged', `${path} is missing, though a message names it.`);
    mkdirSync(dirname(join(staged, path)), { recursive: true, mode: 0o700 });
    linkOrCopy(join(folder, path), join(staged, path));
    names.push(path.replaceAll('\\', '/'));
  }
  return names;
}

/** The pages and attachments that its state or its archive names: all that have to be in it, and no others. */
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

/** They never change: another name is enough. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // A file system without second names.
    copyFileSync(from, to);
  }
}
