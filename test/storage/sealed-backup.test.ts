import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tar from 'tar';
import { beforeAll, expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { startHub } from '../../main/hub/start-hub';
import { CipherDamage, isSealed, opened, Sealer, WrongPassphrase } from '../../main/hub/store/backup-cipher';
import { needsPassphrase, packBackup, readBackup, unpackBackup } from '../../main/hub/store/backup-file';
import { FileStore } from '../../main/hub/store/file-store';
import { restoreBackup } from '../../main/hub/store/restore-backup';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { seededBytes, passphrase as supervisors } from '../support/hub';
import { inProcessWriter } from './support/in-process-writer';

const passphrase = 'seven sleepy seals';
const chunkLength = 64 * 1024;
const tagLength = 16;
const headLength = 80;
const cost = 16;
const plenty = 1024 ** 3;
const nowMs = Date.UTC(2026, 10, 23, 9);

const plain = Buffer.from(Array.from({ length: 3 * chunkLength + 5 }, (_, at) => at % 251));
let sealed: Buffer;
beforeAll(() => {
  sealed = seal(plain, 10_000);
});

function seal(bytes: Buffer, stepLength: number): Buffer {
  const taken: Uint8Array[] = [];
  const sealer = new Sealer(passphrase, (each) => taken.push(Buffer.from(each)), cost);
  for (let at = 0; at < bytes.length; at += stepLength) sealer.write(bytes.subarray(at, at + stepLength));
  sealer.end();
  return Buffer.concat(taken);
}

function open(bytes: Buffer, stepLength = 7_777): Buffer {
  const pieces = function* () {
    for (let at = 0; at < bytes.length; at += stepLength) yield bytes.subarray(at, at + stepLength);
  };
  return Buffer.concat([...opened(pieces(), passphrase, cost)]);
}

const chunk = (number: number) =>
  sealed.subarray(
    headLength + number * (chunkLength + tagLength),
    Math.min(headLength + (number + 1) * (chunkLength + tagLength), sealed.length),
  );
const head = () => sealed.subarray(0, headLength);

test('what is sealed opens with the same passphrase, and shows nothing', () => {
  expect(open(sealed).equals(plain)).toBe(true);
  expect(isSealed(sealed)).toBe(true);
  expect(sealed.includes(plain.subarray(0, 16))).toBe(false);
});

const changes: [string, () => Buffer][] = [
  ['a chunk is left out at the end', () => Buffer.concat([head(), chunk(0), chunk(1), chunk(2)])],
  ['it ends within a chunk', () => sealed.subarray(0, sealed.length - 1)],
  ['two chunks change places', () => Buffer.concat([head(), chunk(1), chunk(0), chunk(2), chunk(3)])],
  ['a chunk is there twice', () => Buffer.concat([head(), chunk(0), chunk(0), chunk(1), chunk(2), chunk(3)])],
  ['the last comes early', () => Buffer.concat([head(), chunk(3)])],
  ['something follows', () => Buffer.concat([sealed, Buffer.alloc(40)])],
  ['a bit is another', () => Buffer.from(sealed.map((byte, at) => (at === headLength + 70_000 ? byte ^ 1 : byte)))],
];
test.each(changes)('%s: it is damaged', (_what, changed) => {
  expect(() => open(changed())).toThrow(CipherDamage);
});

test('another passphrase is told from damage', () => {
  expect(() => [...opened([sealed], 'seven sleepy sealz', cost)]).toThrow(WrongPassphrase);
  expect(() => [...opened([sealed.subarray(0, 50)], passphrase, cost)]).toThrow(CipherDamage);
});

async function office(folder: string) {
  const ports = {
    clock: createHandClock(nowMs),
    randomBytes: seededBytes(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    startWriter: inProcessWriter(),
  };
  const limits = { ...defaultLimits, scryptCost: 16 };
  const store = await FileStore.open(folder, limits, ports);
  const setup = { officeName: 'Harbour Street', supervisorName: 'Sam', passphrase: supervisors };
  const hub = await startHub(store, { setup, sample: false }, ports, limits);
  return { store, hub };
}

// Stretching the passphrase takes its time by intention.
const patienceMs = 60_000;

test('a backup with a passphrase is restored with it, and with nothing else', { timeout: patienceMs }, async () => {
  const folder = join(temporaryFolder(), 'data');
  const { store, hub } = await office(folder);
  const { fileName } = await store.backup('foyer-1', passphrase);
  hub.stop();
  await store.close();
  expect(fileName).toBe('foyer-1.tar.gz.enc');
  expect(readdirSync(join(folder, 'backups'))).toEqual([fileName]);
  const file = join(folder, 'backups', fileName);
  expect(needsPassphrase(file)).toBe(true);
  const elsewhere = join(temporaryFolder(), 'new', 'data');
  for (const wrong of [null, 'seven sleepy sealz'])
    await expect(restoreBackup(file, elsewhere, nowMs, wrong)).rejects.toMatchObject({ code: 'wrongPassphrase' });
  expect(existsSync(dirname(elsewhere))).toBe(false);
  expect(await restoreBackup(file, elsewhere, nowMs, passphrase)).toEqual({ replaced: false });
  const restored = await office(elsewhere);
  expect(restored.hub.state.config.office?.name).toBe('Harbour Street');
  restored.hub.stop();
  await restored.store.close();
});

test('erasing a customer removes it, and makes no plain one in its place', { timeout: patienceMs }, async () => {
  const folder = join(temporaryFolder(), 'data');
  const { store, hub } = await office(folder);
  const customerId = 'customer-1';
  hub.step((step) =>
    step.add({ type: 'customer.seen', customerId, tokenHash: 'a1'.repeat(32), name: 'Mei', language: 'zh' }),
  );
  await hub.outbox.durable(hub.state.seq);
  await store.backup('foyer-1', passphrase);
  const erasing = hub.erasures.erase(customerId, { kind: 'local' });
  expect(await erasing).toMatchObject({ kind: 'ack' });
  expect(readdirSync(join(folder, 'backups'))).toEqual([]);
  hub.stop();
  await store.close();
});

/** An archive of these files, as anybody can make one. */
function archiveOf(files: Record<string, Buffer>): string {
  const inside = temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(inside, name, '..'), { recursive: true });
    writeFileSync(join(inside, name), bytes);
  }
  const file = join(temporaryFolder(), 'made.tar.gz');
  tar.create({ sync: true, gzip: true, cwd: inside, file, portable: true }, Object.keys(files));
  return file;
}

const bomb = Buffer.alloc(30 * 1024 ** 2);
test.each([
  ['a file of a backup', `attachments/aa/${'a'.repeat(64)}`],
  ['any other file', 'zeros.bin'],
])('what it would hold does not fit: refused before it is unpacked (%s)', (_what, name) => {
  const file = archiveOf({ 'config.json': Buffer.from('{}'), [name]: bomb });
  expect(statSync(file).size).toBeLessThan(64 * 1024);
  const folder = temporaryFolder();
  expect(() => unpackBackup(file, folder, null, 8 * 1024 ** 2)).toThrow(/more than there is room for/);
  expect(existsSync(join(folder, name))).toBe(false);
});

test('a thousand empty files take room, too', () => {
  const names = Array.from({ length: 1_000 }, (_, at) => `attachments/aa/${at.toString(16).padStart(64, '0')}`);
  const file = archiveOf(Object.fromEntries(names.map((name) => [name, Buffer.alloc(0)])));
  const folder = temporaryFolder();
  expect(() => unpackBackup(file, folder, null, 1024 ** 2)).toThrow(/more than there is room for/);
  expect(readdirSync(join(folder, 'attachments', 'aa')).length).toBeLessThan(300);
});

test('a file that its list of contents does not name makes it no backup', () => {
  const contents = { foyer: 'backup', format: 2, hubId: 'h', epoch: 1, seq: 0, files: {} };
  const file = archiveOf({ 'hub-key.pem': Buffer.from('evil'), 'backup.json': Buffer.from(JSON.stringify(contents)) });
  expect(() => unpackBackup(file, temporaryFolder(), null, plenty)).toThrow(/not a whole one/);
  const newer = archiveOf({ 'backup.json': Buffer.from(JSON.stringify({ ...contents, format: 9 })) });
  expect(() => unpackBackup(newer, temporaryFolder(), null, plenty)).toThrow(/newer Foyer/);
});

test('nothing of a backup is left over when it is refused', async () => {
  const file = archiveOf({ 'config.json': Buffer.from('{}') });
  const before = readFileSync(file);
  const folder = join(temporaryFolder(), 'data');
  await expect(restoreBackup(file, folder, nowMs)).rejects.toMatchObject({ code: 'badBackup' });
  expect(existsSync(folder)).toBe(false);
  expect(readFileSync(file).equals(before)).toBe(true);
});

test.each([null, passphrase])('a backup is read whole without being laid out (passphrase: %s)', (sealedWith) => {
  const folder = temporaryFolder();
  const names = ['config.json', 'state.json'];
  for (const name of names) writeFileSync(join(folder, name), name);
  const made = join(temporaryFolder(), 'made');
  packBackup(folder, names, made, sealedWith, { hubId: 'hub-1', epoch: 2, seq: 3 });
  const beside = temporaryFolder();
  expect(readBackup(made, beside, sealedWith)).toEqual({
    identity: { hubId: 'hub-1', epoch: 2 },
    seq: 3,
    names: new Set(names),
  });
  expect(readdirSync(beside)).toEqual(['backup.json']);
});

test('what was packed with other bytes than were summed is not whole', () => {
  const sums = { 'config.json': '0'.repeat(64), 'state.json': '0'.repeat(64) };
  const contents = { foyer: 'backup', format: 2, hubId: 'h', epoch: 1, seq: 0, files: sums };
  const file = archiveOf({
    'config.json': Buffer.from('{}'),
    'state.json': Buffer.from('{}'),
    'backup.json': Buffer.from(JSON.stringify(contents)),
  });
  expect(() => readBackup(file, temporaryFolder(), null)).toThrow(/config.json is damaged/);
});
