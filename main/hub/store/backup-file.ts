import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tar from 'tar';
import * as z from 'zod';
import { HubStartError } from '../ports';
import type { Identity } from './journal';

/** What a backup says of itself. It is the last in the file: one that was cut short has none. */
const contents = z.strictObject({
  foyer: z.literal('backup'),
  format: z.literal(1),
  hubId: z.string(),
  epoch: z.number().int(),
  /** The last record in it. */
  seq: z.number().int().nonnegative(),
  /** SHA-256 of each file, by its name. */
  files: z.record(z.string(), z.string()),
});
const contentsName = 'backup.json';

/** Nothing else is ever taken out of one, whatever it holds. */
const takenNames =
  /^(backup\.json|config\.json|state\.json|hub-key\.pem|archive\/\d{4}-\d\d-\d\d\.jsonl|audit\/\d{4}-\d\d\.jsonl|attachments\/[0-9a-f]{2}\/[0-9a-f]{64})$/;

/** `foyer-2026-11-22T14-03-12Z`: fit for every file system. */
export function backupName(nowMs: number): string {
  return `foyer-${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

/** Packs the files in `folder` into one new `.tar.gz`, which any system can look into. */
export function packBackup(folder: string, file: string, identity: Identity, seq: number): void {
  const names = namesIn(folder);
  const files = Object.fromEntries(names.map((name) => [name, sumOf(join(folder, name))]));
  const { hubId, epoch } = identity;
  const said: z.infer<typeof contents> = { foyer: 'backup', format: 1, hubId, epoch, seq, files };
  writeFileSync(join(folder, contentsName), JSON.stringify(said), { mode: 0o600, flag: 'wx' });
  tar.create({ sync: true, gzip: true, portable: true, cwd: folder, file, mode: 0o600 }, [...names, contentsName]);
}

/**
 * Takes a backup's files out into `folder`, which is empty, and checks every one. Throws a `HubStartError` when it is
 * none, or not a whole one.
 */
export function unpackBackup(file: string, folder: string): { identity: Identity; seq: number } {
  try {
    const filter = (path: string, entry: object) =>
      takenNames.test(path) && 'type' in entry && (entry.type === 'File' || entry.type === 'OldFile');
    tar.extract({ sync: true, strict: true, cwd: folder, file, filter });
  } catch (error) {
    throw notWhole(file, error instanceof Error ? error.message : String(error));
  }
  const said = contents.safeParse(parseJson(folder)).data;
  if (!said) throw notWhole(file, 'its list of contents is missing');
  for (const needed of ['config.json', 'state.json'])
    if (!(needed in said.files)) throw notWhole(file, `${needed} is missing`);
  const names = new Set(namesIn(folder));
  for (const [name, sum] of Object.entries(said.files)) {
    const isThere = takenNames.test(name) && names.has(name);
    if (!isThere || sumOf(join(folder, name)) !== sum) throw notWhole(file, `${name} is damaged`);
  }
  return { identity: { hubId: said.hubId, epoch: said.epoch }, seq: said.seq };
}

function notWhole(file: string, why: string): HubStartError {
  return new HubStartError('badBackup', `${file} is not a backup of Foyer's, or not a whole one: ${why}.`);
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => takenNames.test(name) && name !== contentsName)
    .sort();
}

function sumOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function parseJson(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, contentsName), 'utf8'));
  } catch {
    return null;
  }
}
