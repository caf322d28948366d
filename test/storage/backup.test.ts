import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tar from 'tar';
import { expect, onTestFinished, test, vi } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { type Hub, startHub } from '../../main/hub/start-hub';
import { digestOf } from '../../main/hub/state/running-digest';
import { startingState } from '../../main/hub/state/saved-state';
import { nodeDisk } from '../../main/hub/store/disk';
import { FileStore } from '../../main/hub/store/file-store';
import { putAside } from '../../main/hub/store/make-backup';
import { recoverFolder } from '../../main/hub/store/recover-folder';
import { restoreBackup } from '../../main/hub/store/restore-backup';
import { fromLines } from '../../main/hub/store/saved-forms';
import { verifyFolder } from '../../main/hub/store/verify-folder';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { passphrase, seededBytes } from '../support/hub';
import { inProcessWriter } from './support/in-process-writer';

const noLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const setup = { officeName: 'Harbour Street', supervisorName: 'Sam', passphrase };
const startMs = Date.UTC(2026, 10, 23, 9);
const limits = { ...defaultLimits, scryptCost: 16 };

interface Running {
  store: FileStore;
  hub: Hub;
  clock: ReturnType<typeof createHandClock>;
  /** Epoch of the folder. */
  epoch: number;
  rename(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** The hub over a folder, without listeners. */
async function run(folder: string, startWriter = inProcessWriter()): Promise<Running> {
  const ports = {
    clock: createHandClock(startMs),
    randomBytes: seededBytes(),
    log: noLog,
    startWriter,
  };
  const store = await FileStore.open(folder, limits, ports);
  const hub = await startHub(store, { setup, sample: false }, ports, limits);
  return {
    store,
    hub,
    clock: ports.clock,
    epoch: store.epoch,
    async rename(name) {
      hub.step((step) => step.add({ type: 'office.changed', name, sample: false }));
      await hub.outbox.durable(hub.state.seq);
    },
    async stop() {
      hub.stop();
      await store.close();
    },
  };
}

async function backedUp() {
  const folder = join(temporaryFolder(), 'data');
  const office = await run(folder);
  await office.rename('Before');
  const { seq } = office.hub.state;
  const { fileName, bytes } = await office.store.backup('foyer-1', null);
  await office.rename('After');
  await office.stop();
  return { folder, file: join(folder, 'backups', fileName), bytes, seq, epoch: office.epoch };
}

test('a backup is one file of its moment; what comes later is not in it, and nothing else is left lying there', async () => {
  const { folder, file, bytes } = await backedUp();
  expect(readdirSync(join(folder, 'backups'))).toEqual(['foyer-1.tar.gz']);
  expect(readFileSync(file)).toHaveLength(bytes);
  expect((await verifyFolder(folder)).problems).toEqual([]);
  const elsewhere = join(temporaryFolder(), 'data');
  await restoreBackup(file, elsewhere, startMs);
  const restored = await run(elsewhere);
  expect(restored.hub.state.config.office?.name).toBe('Before');
  await restored.stop();
});

test('what a killed one has left is removed at the next start; finished ones and what else is there stay', async () => {
  const { folder } = await backedUp();
  const backups = join(folder, 'backups');
  putAside(nodeDisk, folder, 'foyer-2', []);
  mkdirSync(join(backups, 'foyer-2.making.checked', 'journal'), { recursive: true });
  writeFileSync(join(backups, 'foyer-2.making.checked', 'hub-key.pem'), 'secret');
  writeFileSync(join(backups, 'foyer-2.making.packed'), 'half');
  writeFileSync(join(backups, 'making.txt'), 'a person’s own');
  await (await run(folder)).stop();
  expect(readdirSync(backups).sort()).toEqual(['foyer-1.tar.gz', 'making.txt']);
});

test('records that are appended while it is made wait for nothing, and are not in it', async () => {
  const folder = join(temporaryFolder(), 'data');
  const office = await run(folder);
  await office.rename('Before');
  const making = office.store.backup('foyer-1', null);
  await office.rename('Meanwhile');
  const { fileName } = await making;
  await office.stop();
  const elsewhere = join(temporaryFolder(), 'data');
  await restoreBackup(join(folder, 'backups', fileName), elsewhere, startMs);
  const restored = await run(elsewhere);
  expect(restored.hub.state.config.office?.name).toBe('Before');
  await restored.stop();
});

test('a conversation that is rated while it is made: what ended is in it, whole, and as it was', async () => {
  const folder = join(temporaryFolder(), 'data');
  let begin: () => void = () => undefined;
  const mayBegin = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const office = await run(folder, (...ports) => {
    const writer = inProcessWriter()(...ports);
    return { ...writer, makeBackup: (...asked) => mayBegin.then(() => writer.makeBackup(...asked)) };
  });
  const { hub, store, clock } = office;
  const groupId = [...hub.state.config.groups.keys()][0]!;
  const endedAt = clock.now();
  for (const customerId of ['mei', 'li'])
    hub.step((step) => {
      const conversationId = `of-${customerId}`;
      const tokenHash = `hash of ${customerId}`;
      step.add({ type: 'customer.seen', customerId, tokenHash, name: customerId, language: 'en' });
      step.route({ type: 'conversation.open', conversationId, customerId, groupId });
      const from = { kind: 'agent', agentId: 'ana', name: 'Ana' } as const;
      step.message({ conversationId, from, text: 'Good day', line: null });
      step.route({ type: 'conversation.close', conversationId, by: 'customer' });
    });
  clock.advance(2 * limits.closedShownMs);
  hub.step((step) => {
    step.add({ type: 'customer.seen', customerId: 'bo', tokenHash: 'hash of bo', name: 'bo', language: 'en' });
    step.route({ type: 'conversation.open', conversationId: 'of-bo', customerId: 'bo', groupId });
  });
  await office.rename('Before');
  const making = store.backup('foyer-1', null);
  const rating = { score: 2, comment: 'x'.repeat(500), at: clock.now() };
  hub.step((step) =>
    step.add({ type: 'conversation.rated', conversationId: 'of-mei', customerId: 'mei', endedAt, rating }),
  );
  await office.rename('Meanwhile');
  const [day] = await store.archiveDays();
  const archived = (at: string) => readFileSync(join(at, 'archive', day!.day), 'utf8');
  expect(archived(folder)).toContain('xxx');
  begin();
  const { fileName } = await making;
  await office.stop();
  const elsewhere = join(temporaryFolder(), 'data');
  await restoreBackup(join(folder, 'backups', fileName), elsewhere, startMs);
  expect(archived(elsewhere)).not.toContain('xxx');
  expect(archived(elsewhere).match(/Good day/g)?.length).toBe(archived(folder).match(/Good day/g)?.length);
  expect((await verifyFolder(elsewhere)).problems).toEqual([]);
});

test('the audit log of its moment is in it, as private as the rest, and comes back with it', async () => {
  const folder = join(temporaryFolder(), 'data');
  const office = await run(folder);
  const note = async (subject: string) => {
    const by = { kind: 'hub' } as const;
    office.hub.step((step) => step.note({ by, action: 'group.remove', subject, changes: [] }));
    office.clock.advance(11 * 60_000);
    await office.rename(subject);
  };
  for (const subject of ['one', 'two', 'three']) await note(subject);
  const { fileName } = await office.store.backup('foyer-1', null);
  await note('four');
  await note('five');
  await office.stop();
  const month = join(folder, 'audit', '2026-11.jsonl');
  expect(statSync(month).mode & 0o777).toBe(0o600);
  expect(readFileSync(month, 'utf8')).toContain('four');
  const elsewhere = join(temporaryFolder(), 'data');
  await restoreBackup(join(folder, 'backups', fileName), elsewhere, startMs);
  const restored = await run(elsewhere);
  const recent = restored.hub.state.audit.page(null, 50);
  const { entries } = await restored.store.auditPage(null, 50);
  expect([...recent, ...entries].map(({ subject }) => subject)).toEqual(['three', 'two', 'one']);
  await restored.stop();
});

test('made again with nothing recorded in between: every saved state still belongs to the journal', async () => {
  const folder = join(temporaryFolder(), 'data');
  const office = await run(folder);
  await office.rename('Before');
  for (const name of ['foyer-1', 'foyer-2', 'foyer-3']) await office.store.backup(name, null);
  await office.stop();
  expect((await verifyFolder(folder)).problems).toEqual([]);
});

test('restored on a new machine: the same hub with the same people, in an epoch nobody knows', async () => {
  const { folder, file, seq, epoch } = await backedUp();
  const elsewhere = join(temporaryFolder(), 'deep', 'data');
  await restoreBackup(file, elsewhere, startMs);
  const [old, restored] = [await run(folder), await run(elsewhere)];
  expect(restored.store.hubId).toBe(old.store.hubId);
  expect(restored.epoch).toBeGreaterThan(epoch);
  expect(restored.hub.state.seq).toBe(seq + 1);
  expect([...restored.hub.state.config.accounts]).toEqual([...old.hub.state.config.accounts]);
  await old.stop();
  await restored.stop();
  expect((await verifyFolder(elsewhere)).problems).toEqual([]);
  // And it starts again from what it has written since.
  const again = await run(elsewhere);
  expect(again.hub.state.seq).toBe(seq + 2);
  await again.stop();
});

test('restored over what was there: that is kept in quarantine, whole', async () => {
  const { folder, file } = await backedUp();
  const journal = readFileSync(join(folder, 'journal', '000002.jsonl'));
  const before = await run(folder);
  const { epoch } = before;
  await before.stop();
  await restoreBackup(file, folder, startMs);
  const aside = readdirSync(join(folder, 'quarantine'));
  expect(aside).toEqual(expect.arrayContaining(['hub.json', 'config.json', 'state.json', 'journal']));
  const kept = readFileSync(join(folder, 'quarantine', 'journal', '000002.jsonl'));
  expect(kept.subarray(0, journal.length).equals(journal)).toBe(true);
  const restored = await run(folder);
  expect(restored.hub.state.config.office?.name).toBe('Before');
  expect(restored.epoch).toBeGreaterThan(epoch);
  await restored.stop();
  // A second time, from the same file: again an epoch of its own.
  await restoreBackup(file, folder, startMs);
  const second = await run(folder);
  expect(second.epoch).toBeGreaterThan(restored.epoch);
  await second.stop();
});

test('a folder too damaged to start from is restored, too', async () => {
  const { folder, file } = await backedUp();
  writeFileSync(join(folder, 'hub.json'), 'null');
  await expect(run(folder)).rejects.toMatchObject({ code: 'damaged' });
  await restoreBackup(file, folder, startMs);
  const restored = await run(folder);
  expect(restored.hub.state.config.office?.name).toBe('Before');
  await restored.stop();
});

/** The folder as it is before each file that a restore puts elsewhere, as if the command were killed there. */
async function killedRestores(file: string, folder: string): Promise<string[]> {
  const kept: string[] = [];
  const { rename } = nodeDisk;
  const spy = vi.spyOn(nodeDisk, 'rename').mockImplementation((from, to) => {
    const copy = join(temporaryFolder(), 'data');
    cpSync(folder, copy, { recursive: true, filter: (path) => !/LOCK|backups/.test(path) });
    kept.push(copy);
    rename(from, to);
  });
  onTestFinished(() => spy.mockRestore());
  await restoreBackup(file, folder, startMs);
  spy.mockRestore();
  return kept;
}

test.each([
  'was killed',
  // It takes its folder away at the end.
  'failed',
])('a restore that %s anywhere: the next start has the old office or is refused, never a new one', async (how) => {
  const { folder, file } = await backedUp();
  const killed = await killedRestores(file, folder);
  const isWhole = (copy: string) => readdirSync(copy).includes('hub.json');
  for (const whole of killed.filter(isWhole)) {
    const before = await run(whole);
    expect(before.hub.state.config.office?.name).toBe('After');
    await before.stop();
  }
  const halves = killed.filter((copy) => !isWhole(copy));
  expect(halves.some((half) => !readdirSync(half).some((name) => /state|config|journal/.test(name)))).toBe(true);
  for (const half of halves) {
    if (how === 'failed') rmSync(join(half, 'restoring'), { recursive: true });
    await expect(run(half)).rejects.toMatchObject({
      code: 'damaged',
      damage: { file: 'hub.json', why: 'restoring a backup did not end', choices: [] },
    });
    await expect(recoverFolder(half, 'cut')).rejects.toThrow(/Restore the backup again/);
    await restoreBackup(file, half, startMs);
    const restored = await run(half);
    expect(restored.hub.state.config.office?.name).toBe('Before');
    await restored.stop();
    const aside = readdirSync(join(half, 'quarantine'));
    expect(aside).toEqual(expect.arrayContaining(['hub.json', 'config.json', 'state.json', 'journal']));
  }
});

test('a restore into a new folder that was killed: refused, too, and nothing is made there', async () => {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(join(folder, 'restoring'), { recursive: true, mode: 0o700 });
  await expect(run(folder)).rejects.toMatchObject({ code: 'damaged' });
  expect(readdirSync(folder)).not.toContain('hub.json');
});

test('restoring the same state gives the same state', async () => {
  const folder = join(temporaryFolder(), 'data');
  const office = await run(folder);
  await office.rename('Before');
  const digest = digestOf(office.hub.state);
  const { fileName } = await office.store.backup('foyer-1', null);
  await office.stop();
  const elsewhere = join(temporaryFolder(), 'data');
  await restoreBackup(join(folder, 'backups', fileName), elsewhere, startMs);
  const ports = { clock: createHandClock(0), log: noLog, randomBytes: seededBytes(), startWriter: inProcessWriter() };
  const store = await FileStore.open(elsewhere, limits, ports);
  expect(digestOf(startingState(store.base, limits))).toBe(digest);
  await store.replay(() => undefined);
  await store.close();
});

const spoiled: [string, (bytes: Buffer) => Buffer][] = [
  ['empty', () => Buffer.alloc(0)],
  ['some other file', () => Buffer.from('hello')],
  ['cut short', (bytes) => bytes.subarray(0, bytes.length - 200)],
  [
    'with one byte changed',
    (bytes) => bytes.map((byte, index) => (index === bytes.length >> 1 ? byte ^ 4 : byte)) as Buffer,
  ],
];
test.each(spoiled)('a file that is %s is refused with a reason, and changes nothing', async (_how, spoil) => {
  const { folder, file } = await backedUp();
  const bad = join(temporaryFolder(), 'bad.tar.gz');
  writeFileSync(bad, spoil(readFileSync(file)));
  const before = readdirSync(folder);
  await expect(restoreBackup(bad, folder, startMs)).rejects.toMatchObject({
    code: 'badBackup',
    message: expect.stringContaining(bad),
  });
  expect(readdirSync(folder)).toEqual(before);
  const office = await run(folder);
  expect(office.hub.state.config.office?.name).toBe('After');
  await office.stop();
});

test('a file that is not there is refused, too', async () => {
  const folder = join(temporaryFolder(), 'data');
  await expect(restoreBackup('/nowhere/foyer.tar.gz', folder, startMs)).rejects.toMatchObject({ code: 'badBackup' });
});

test('whatever else an archive holds stays in it', async () => {
  const { file } = await backedUp();
  const inside = temporaryFolder();
  tar.extract({ sync: true, file, cwd: inside });
  writeFileSync(join(inside, 'hub.json'), '{"hubId":"evil"}');
  mkdirSync(join(inside, 'journal'));
  writeFileSync(join(inside, 'journal', '000009.jsonl'), 'evil');
  symlinkSync('/etc/passwd', join(inside, 'archive-link'));
  const outside = join(temporaryFolder(), 'evil.txt');
  writeFileSync(outside, 'evil');
  const names = ['backup.json', 'config.json', 'state.json', 'hub.json', 'journal', 'archive-link', outside];
  const evil = join(temporaryFolder(), 'evil.tar.gz');
  tar.create({ sync: true, gzip: true, cwd: inside, file: evil, preservePaths: true }, names);
  const folder = join(temporaryFolder(), 'data');
  await restoreBackup(evil, folder, startMs);
  expect(readdirSync(folder).sort()).toEqual(['config.json', 'hub.json', 'journal', 'state.json']);
  expect(readdirSync(join(folder, 'journal'))).toEqual(['000001.jsonl']);
  expect(readFileSync(join(folder, 'hub.json'), 'utf8')).not.toContain('evil');
});

test('a backup of a Foyer whose state was one line is restored', async () => {
  const { file } = await backedUp();
  const inside = temporaryFolder();
  tar.extract({ sync: true, file, cwd: inside });
  const { seq, content } = fromLines(nodeDisk, join(inside, 'state.json'), 'state')!;
  const sumOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const json = JSON.stringify(content);
  const state = `{"foyer":"state","format":1,"seq":${seq},"sum":"${sumOf(json)}","state":${json}}\n`;
  writeFileSync(join(inside, 'state.json'), state);
  const said = JSON.parse(readFileSync(join(inside, 'backup.json'), 'utf8'));
  const contents = { ...said, format: 1, files: { ...said.files, 'state.json': sumOf(state) } };
  writeFileSync(join(inside, 'backup.json'), JSON.stringify(contents));
  const older = join(temporaryFolder(), 'older.tar.gz');
  tar.create({ sync: true, gzip: true, cwd: inside, file: older }, [...Object.keys(said.files), 'backup.json']);
  const folder = join(temporaryFolder(), 'data');
  await restoreBackup(older, folder, startMs);
  const office = await run(folder);
  expect(office.hub.state.config.office?.name).toBe('Before');
  await office.stop();
});

test('a folder that a hub is using is not restored over', async () => {
  const { folder, file } = await backedUp();
  const office = await run(folder);
  await expect(restoreBackup(file, folder, startMs)).rejects.toMatchObject({ code: 'folderLocked' });
  await office.stop();
});
