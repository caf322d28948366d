import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { HubStartError } from '../hub-start-error';
import { configJson } from '../state/config';
import type { SavedConfig, SavedState } from '../state/saved-state';
import type { Disk } from './disk';
import { SavedFile, type SavedKind } from './durable-adapter';
import { listIfThere, quarantine, readIfThere, replaceFile, writeBeside } from './durable-file';
import { countLines } from './file-pieces';
import { type Identity, startSegment } from './journal';
import { segmentNames } from './journal-reader';
import { type EarlierConfig, upgradeConfig } from './upgrade/config';
import { dataFormat, newerFormat } from './upgrade/data-format';
import { type EarlierState, upgradeState } from './upgrade/saved-state';

const hubFile = z.object({ hubId: z.string(), epoch: z.number().int(), format: z.number().int() });

const configKind: SavedKind<SavedConfig['config']> = {
  name: 'config',
  olderMax: 0,
  form: 'text',
  parse: (content) => configJson.safeParse(upgradeConfig(content as EarlierConfig)).data ?? null,
};

/** A saved state, and the journal's checksum at its record, so that another journal can't be replayed on it. */
export interface Snapshot {
  journalSum: string;
  state: SavedState;
}

export const snapshotGenerations = 3;

const snapshotKind: SavedKind<Snapshot> = {
  name: 'state',
  olderMax: snapshotGenerations - 1,
  form: 'lines',
  // No schema check: the file's checksum proves that some version wrote it.
  parse(content) {
    const { journalSum, state } = content as { journalSum: string; state: EarlierState };
    return { journalSum, state: upgradeState(state) };
  },
};

export const configFile = (disk: Disk, folder: string) => new SavedFile(disk, join(folder, 'config.json'), configKind);
export const snapshotFile = (disk: Disk, folder: string) =>
  new SavedFile(disk, join(folder, 'state.json'), snapshotKind);

/** Moves files left by a crash between writing and renaming to quarantine, for a person to look at. */
export function quarantineTemporary(disk: Disk, folder: string): void {
  for (const sub of ['.', 'journal', 'archive', 'audit']) {
    const names = disk.list(folder);
    if (sub !== '.' && !names.includes(sub)) continue;
    for (const name of sub === '.' ? names : disk.list(join(folder, sub)))
      if (/\.tmp(\.\d+)?$|\.stale$/.test(name)) quarantine(disk, folder, sub === '.' ? name : `${sub}/${name}`);
  }
}

/** Proves that the folder is writable before anything is acknowledged. */
export function probeFolder(disk: Disk, folder: string): void {
  disk.remove(writeBeside(disk, join(folder, 'probe'), 'x'.repeat(4096)).temp);
}

const ownNames = ['hub.json', 'state.json', 'config.json', 'journal', 'restoring', 'quarantine'];

/** Whether a hub has ever written there, even if its files are damaged or only half restored. */
export function isDataFolder(folder: string): boolean {
  return ownNames.some((name) => existsSync(join(folder, name)));
}

/**
 * Reads the hub's identity and the folder's format, creating both on the first run. `hub.json` is written last, so once
 * it exists the rest does too.
 */
export function openIdentity(
  disk: Disk,
  folder: string,
  newHubId: () => string,
): { identity: Identity; format: number } {
  const found = findIdentity(disk, folder);
  if (!found) return { identity: firstRun(disk, folder, newHubId), format: dataFormat };
  const { format, ...identity } = found;
  return { identity, format };
}

/** Null when there is no `hub.json`. */
export function findIdentity(disk: Disk, folder: string): (Identity & { format: number }) | null {
  const text = readIfThere(disk, join(folder, 'hub.json'))?.toString('utf8');
  if (text === undefined) return null;
  const found = hubFile.safeParse(parseJson(text)).data;
  if (!found) throw badIdentity(folder, 'it is not readable');
  if (found.format > dataFormat) throw newerFormat(join(folder, 'hub.json'), found.format);
  return found;
}

function badIdentity(folder: string, why: string): HubStartError {
  const message = `${join(folder, 'hub.json')} is damaged: ${why}. Restore the data folder from a backup.`;
  return new HubStartError('damaged', message, { file: 'hub.json', line: null, why, choices: [] });
}

export function writeIdentity(disk: Disk, folder: string, identity: Identity): void {
  replaceFile(disk, join(folder, 'hub.json'), `${JSON.stringify({ ...identity, format: dataFormat })}\n`);
}

/** During a restore the office's files may be in quarantine only; the folder must not then be taken for a new one. */
function refuseHalfRestored(disk: Disk, folder: string): void {
  const aside = join(folder, 'quarantine');
  const isOffice = (name: string) => /^(hub\.json|config\.json|state\.json|journal)(\.\d+)*$/.test(name);
  if (!disk.list(folder).includes('restoring') && !listIfThere(disk, aside).some(isOffice)) return;
  const why = 'restoring a backup did not end';
  const message = `${folder} is not whole: ${why}. Restore the backup again. Whatever was there before is in ${aside}.`;
  throw new HubStartError('damaged', message, { file: 'hub.json', line: null, why, choices: [] });
}

function firstRun(disk: Disk, folder: string, newHubId: () => string): Identity {
  refuseHalfRestored(disk, folder);
  // A crash during the first run leaves a journal with a header at most.
  const isOwn = (name: string) => name === '000001.jsonl' && countLines(disk, join(folder, 'journal', name)) <= 1;
  const names = segmentNames(disk, folder);
  if (!names.every(isOwn) || disk.list(folder).some((name) => /^(state|config)\.json/.test(name)))
    throw badIdentity(folder, 'it is missing, though there is a journal or a saved state');
  const identity = { hubId: newHubId(), epoch: 1 };
  disk.makeFolder(join(folder, 'journal'));
  startSegment(disk, folder, '000001.jsonl', { ...identity, first: 1 });
  disk.syncFolder(folder);
  writeIdentity(disk, folder, identity);
  return identity;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
