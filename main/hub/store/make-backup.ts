import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { HubStartError } from '../ports';
import { packBackup, unpackBackup } from './backup-file';
import { type Disk, nodeDisk } from './disk';
import { listIfThere, readIfThere, replaceFile } from './durable-file';
import { hubKeyName } from './hub-key';
import type { Identity } from './journal';
import { layOutRestored } from './restore-backup';
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

export interface MadeBackup {
  /** Below the data folder's `backups`. */
  fileName: string;
  bytes: number;
}

function stagingFolder(folder: string, name: string): string {
  return join(folder, 'backups', `${name}.making`);
}

/** On the writer's thread: these two are replaced as time goes on, and the archive only grows. */
export function putAside(disk: Disk, folder: string, name: string): void {
  const staged = stagingFolder(folder, name);
  disk.makeFolder(join(folder, 'backups'));
  disk.makeFolder(staged);
  for (const file of ['config.json', 'state.json'])
    replaceFile(disk, join(staged, file), disk.read(join(folder, file)));
  const key = readIfThere(disk, join(folder, hubKeyName));
  if (key) replaceFile(disk, join(staged, hubKeyName), key);
}

/**
 * Packs what was put aside, and unpacks it again to see that a hub could start from it; only then it gets its name.
 * Synchronous and long: for a thread that nobody waits on.
 */
export function makeBackup({ folder, name, identity, seq, archive, audit }: StagedBackup): MadeBackup {
  const staged = stagingFolder(folder, name);
  const checked = `${staged}.checked`;
  const made = `${staged}.tar.gz`;
  const fileName = `${name}.tar.gz`;
  try {
    copyUpTo(folder, staged, 'archive', archive);
    copyUpTo(folder, staged, 'audit', audit);
    stageAttachments(folder, staged);
    packBackup(staged, made, identity, seq);
    syncPath(made);
    mkdirSync(checked, { mode: 0o700 });
    layOutRestored(checked, unpackBackup(made, checked).identity);
    const { problems } = verifyOnDisk(nodeDisk, checked);
    if (problems.length > 0) throw new HubStartError('badBackup', `It could not be read back: ${problems.join('; ')}.`);
    renameSync(made, join(folder, 'backups', fileName));
    nodeDisk.syncFolder(join(folder, 'backups'));
    return { fileName, bytes: statSync(join(folder, 'backups', fileName)).size };
  } finally {
    for (const path of [staged, checked, made]) rmSync(path, { recursive: true, force: true });
  }
}

/** What was added since then would come twice. */
function copyUpTo(folder: string, staged: string, of: string, files: StagedBackup['archive']): void {
  mkdirSync(join(staged, of), { mode: 0o700 });
  for (const { name, bytes } of files) {
    const copy = join(staged, of, name);
    copyFileSync(join(folder, of, name), copy);
    truncateSync(copy, bytes);
  }
}

/** They never change, so another name for each is enough; one that came since then is named by nothing in the backup. */
function stageAttachments(folder: string, staged: string): void {
  for (const shelf of listIfThere(nodeDisk, join(folder, 'attachments')).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    mkdirSync(join(staged, 'attachments', shelf), { recursive: true, mode: 0o700 });
    for (const name of nodeDisk.list(join(folder, 'attachments', shelf)))
      linkOrCopy(join(folder, 'attachments', shelf, name), join(staged, 'attachments', shelf, name));
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // A file system without second names.
    copyFileSync(from, to);
  }
}

function syncPath(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
