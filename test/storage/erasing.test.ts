import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { startHub } from '../../main/hub/start-hub';
import { parseRecord } from '../../main/hub/state/message-record';
import type { HubRecord } from '../../main/hub/state/records';
import { attachmentPath } from '../../main/hub/store/attachment-files';
import { type Disk, nodeDisk } from '../../main/hub/store/disk';
import { FileStore } from '../../main/hub/store/file-store';
import { verifyFolder, verifyOnDisk } from '../../main/hub/store/verify-folder';
import type { StartWriter } from '../../main/hub/store/writer-messages';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { passphrase, seededBytes, TestHub } from '../support/hub';
import { inProcessWriter } from './support/in-process-writer';
import { seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { Rig, rigLimits, settled } from './support/rig';

const theirs = /Mei|secret|mei@/;
const herFile = 'a'.repeat(64);
const archivedFile = 'b'.repeat(64);
const sharedFile = 'c'.repeat(64);

let records: HubRecord[] = [];
let customerId = '';
/** The first of them without this customer. */
let erasedAt = 0;

/** Two customers come again and again, leave messages, are missed and handed over; then one is erased. */
beforeAll(async () => {
  const office = await TestHub.start();
  const timeout = { enabled: true, afterSeconds: 10 };
  await office.settings({ reception: { redirect: timeout, shortBreak: timeout } });
  const ana = await office.online('Ana');
  const [mei, li] = [await office.customer('Mei Chen', { text: 'a secret' }), await office.customer('Li')];
  customerId = mei.welcome.customerId;
  for (let round = 0; round < 6; round += 1) {
    office.advance(11_000);
    for (const customer of [mei, li]) {
      const own = round === 0 ? archivedFile : herFile;
      const attachmentIds = customer === mei ? [own, sharedFile] : [sharedFile];
      for (const attachmentId of attachmentIds) upload(office, customer.welcome.customerId, attachmentId);
      const [name, text] = customer === mei ? ['Mei Chen', `secret ${round}`] : ['Li', `open ${round}`];
      customer.command({ op: 'conversation.open', name, text });
      const attachments = attachmentIds.map((attachmentId) => ({ attachmentId, name: `${name}.txt` }));
      customer.command({ op: 'message.send', text, attachments });
      // So long that some of it leaves the state.
      for (let more = 0; round === 0 && more < 5; more += 1) customer.command({ op: 'message.send', text });
      ana.command({ op: 'status.set', status: 'online' });
      for (const { offerId } of ana.conversations) if (offerId) ana.command({ op: 'offer.accept', offerId });
      customer.command({ op: 'conversation.leave' });
      customer.command({ op: 'message.leave', name, contact: `${name.slice(0, 3).toLowerCase()}@example.org`, text });
    }
    office.advance(60_000);
  }
  const sam = await office.supervisor();
  sam.command({ op: 'settings.update', settings: { wrapUpSeconds: 5 } });
  sam.post({ op: 'customer.erase', customerId });
  for (let turn = 0; turn < 20; turn += 1) await settled();
  office.flush();
  records = office.store.disk.lines.map(parseRecord);
  erasedAt = 1 + records.findIndex(({ events }) => events.some(({ event }) => event.type === 'customer.erased'));
});

function upload(office: TestHub, by: string, attachmentId: string) {
  const file = { attachmentId, type: 'text/plain' as const, bytes: 6 };
  office.hub.step((step) => step.add({ type: 'attachment.uploaded', by, file, at: step.at }));
}

async function lived(disk: MemoryDisk): Promise<Rig> {
  const rig = await Rig.open(disk);
  for (const record of records.slice(0, erasedAt)) {
    rig.append(record);
    await settled();
  }
  for (const folder of ['attachments', 'attachments/aa', 'attachments/bb', 'attachments/cc'])
    disk.makeFolder(`/data/${folder}`);
  for (const [attachmentId, text] of [
    [herFile, 'secret'],
    [archivedFile, 'secret'],
    [sharedFile, 'open'],
  ] as const)
    disk.spoil(`/data/${attachmentPath(attachmentId)}`, Buffer.from(text));
  // What a crash long ago left, put aside; and one whose writing was cut short.
  disk.makeFolder('/data/quarantine');
  disk.spoil('/data/quarantine/000001.jsonl', Buffer.from('a torn secret'));
  return rig;
}

/** As the hub does; false when it was not acknowledged. */
async function erase(rig: Rig): Promise<boolean> {
  try {
    await rig.store.erase([customerId], [herFile, sharedFile], 'foyer-1');
  } catch {
    return false;
  }
  const finished = records[erasedAt]!;
  rig.append(finished);
  await settled();
  return rig.acknowledged >= finished.seq;
}

function texts(disk: MemoryDisk): string {
  return disk
    .paths()
    .map((path) => `${path}: ${disk.peek(path)?.toString('utf8')}`)
    .join('\n');
}

function expectErased(disk: MemoryDisk): void {
  expect(texts(disk)).not.toMatch(theirs);
  expect(texts(disk)).toContain('open 0');
  expect(String(disk.peek(`/data/${attachmentPath(sharedFile)}`))).toBe('open');
  // It is not called by its checksum here.
  const problems = verifyOnDisk(disk, '/data', rigLimits).problems.filter((each) => !each.includes(sharedFile));
  expect(problems).toEqual([]);
}

test('after an erasure no file knows them, the others are there, and everything verifies', async () => {
  const disk = new MemoryDisk();
  const rig = await lived(disk);
  expect(disk.paths()).toEqual(expect.arrayContaining(['/data/state.json.2', '/data/quarantine/000001.jsonl']));
  expect(disk.paths().some((path) => path.startsWith('/data/archive/'))).toBe(true);
  expect(disk.paths().some((path) => path.startsWith(`/data/pages/${customerId}/`))).toBe(true);
  expect(texts(disk)).toMatch(theirs);
  const { epoch } = rig.store;
  expect(await erase(rig)).toBe(true);
  expect(rig.store.epoch).toBe(epoch + 1);
  expectErased(disk);
  for (let seed = 1; seed <= 20; seed += 1) expectErased(disk.cutPower(seededRandom(seed)));
  const again = await Rig.open(disk.kill());
  expect([again.state.seq, again.store.epoch]).toEqual([erasedAt + 1, epoch + 1]);
  expect([...again.state.erasing]).toEqual([]);
});

test.each(['killed', 'power'] as const)(
  'cut short before any call to the disk (%s): acknowledged and done, or done when asked again',
  async (how) => {
    const whole = new MemoryDisk();
    const rig = await lived(whole);
    const before = whole.calls;
    await erase(rig);
    const calls = whole.calls - before;
    expect(calls).toBeGreaterThan(60);
    let redone = 0;
    for (let place = 0; place <= calls; place += 1) {
      const disk = new MemoryDisk();
      const cut = await lived(disk);
      const last = disk.calls + place;
      disk.fault = (_call, number) => (number > last ? 'EIO' : null);
      const acknowledged = await erase(cut);
      const left = how === 'killed' ? disk.kill() : disk.cutPower(seededRandom(place));
      if (acknowledged) expectErased(left);
      const again = await Rig.open(left);
      if (!again.state.erasing.has(customerId)) continue;
      expect(acknowledged).toBe(false);
      redone += 1;
      expect(await erase(again)).toBe(true);
      expectErased(left);
    }
    expect(redone).toBeGreaterThan(60);
  },
  120_000,
);

test('a disk that fails once: nothing is acknowledged, and asked again it is done', async () => {
  const disk = new MemoryDisk();
  const rig = await lived(disk);
  let failed = false;
  disk.fault = (call, _number, path) => {
    if (failed || call !== 'rename' || !path.startsWith('/data/archive')) return null;
    failed = true;
    return 'ENOSPC';
  };
  expect(await erase(rig)).toBe(false);
  await rig.recover();
  expect(await erase(rig)).toBe(true);
  expectErased(disk);
});

test('asked for by a hub that has ended before its turn came: refused, and every file is as the next hub knows it', async () => {
  const folder = join(temporaryFolder(), 'data');
  const limits = { ...defaultLimits, scryptCost: 16, conversationMessagesMax: 6 };
  const none = () => undefined;
  const log = { info: none, warn: none, error: none };
  let full = false;
  const disk: Disk = {
    ...nodeDisk,
    write(file, bytes, from) {
      if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return nodeDisk.write(file, bytes, from);
    },
  };
  let letBackupGo = none;
  const backupMayGo = new Promise<void>((resolve) => {
    letBackupGo = () => void resolve();
  });
  const startWriter: StartWriter = (...ports) => {
    const writer = inProcessWriter(disk)(...ports);
    return { ...writer, makeBackup: (...asked) => backupMayGo.then(() => writer.makeBackup(...asked)) };
  };
  const clock = createHandClock(1_800_000_000_000);
  const ports = { clock, randomBytes: seededBytes(), log, startWriter };
  const setup = { officeName: 'Harbour Street', supervisorName: 'Sam', passphrase };
  const store = await FileStore.open(folder, limits, ports);
  const hub = await startHub(store, { setup, sample: false }, ports, limits);
  const groupId = [...hub.state.config.groups.keys()][0]!;
  hub.step((step) => {
    step.add({ type: 'customer.seen', customerId: 'mei', tokenHash: 'a1'.repeat(32), name: 'Mei', language: 'en' });
    step.route({ type: 'conversation.open', conversationId: 'talk', customerId: 'mei', groupId });
    for (let count = 0; count < 12; count += 1)
      step.message({ conversationId: 'talk', from: { kind: 'customer' }, text: `text ${count}`, line: null });
  });
  await hub.outbox.durable(hub.state.seq);
  const backup = store.backup('foyer-0', null);
  await settled();
  full = true;
  const erased = hub.erasures.erase('mei', { kind: 'local' });
  const before = store.expire(clock.now()).catch((error: Error) => error.message);
  await settled();
  expect(hub.closedBecause).toBe('hubReadOnly');
  full = false;
  const back = store.recovered();
  clock.advance(5_000);
  await back;
  const next = await startHub(store, { setup, sample: false }, ports, limits);
  letBackupGo();
  await backup;
  expect(await erased).toMatchObject({ kind: 'refused', code: 'eraseFailed' });
  expect(await before).toMatch(/can’t be written now/);
  expect([next.state.customers.has('mei'), next.state.erasing.size]).toEqual([true, 0]);
  expect(readdirSync(join(folder, 'pages', 'mei', 'talk'))).not.toEqual([]);
  expect(store.epoch).toBe(1);
  // What the dead one asks for only now is not done for it either.
  await expect(hub.erasures.finish()).rejects.toThrow('stopped');
  next.stop();
  await store.close();
  expect((await verifyFolder(folder)).problems).toEqual([]);
});

test('in a real folder, with the hub: no file knows them, and one backup without them is there in place of the others', async () => {
  const folder = join(temporaryFolder(), 'data');
  const limits = { ...defaultLimits, scryptCost: 16, closedShownMs: 60_000 };
  const none = () => undefined;
  const clock = createHandClock(1_800_000_000_000);
  const log = { info: none, warn: none, error: none };
  const ports = { clock, randomBytes: seededBytes(), log, startWriter: inProcessWriter() };
  const store = await FileStore.open(folder, limits, ports);
  const setup = { officeName: 'Harbour Street', supervisorName: 'Sam', passphrase };
  const hub = await startHub(store, { setup, sample: false }, ports, limits);
  const groupId = [...hub.state.config.groups.keys()][0]!;
  const say = (id: string, name: string, text: string, conversationId: string) =>
    hub.step((step) => {
      step.add({ type: 'customer.seen', customerId: id, tokenHash: `hash of ${name}`, name, language: 'en' });
      step.route({ type: 'conversation.open', conversationId, customerId: id, channel: 'web', groupId });
      step.message({ conversationId, from: { kind: 'customer' }, text, line: null } as never);
    });
  say('customer-mei', 'Mei', 'my secret', 'conversation-1');
  say('customer-li', 'Li', 'hello', 'conversation-2');
  await hub.outbox.durable(hub.state.seq);
  await store.backup('foyer-0', null);
  hub.step((step) => void step.route({ type: 'conversation.close', conversationId: 'conversation-1', by: 'customer' }));
  clock.advance(120_000);
  say('customer-li', 'Li', 'still there', 'conversation-2');
  await hub.outbox.durable(hub.state.seq);
  mkdirSync(join(folder, 'quarantine', 'journal'), { recursive: true });
  writeFileSync(join(folder, 'quarantine', 'journal', '000001.jsonl'), 'my secret');
  expect(filesIn(folder)).toMatch(theirs);
  const erased = await hub.erasures.erase('customer-mei', { kind: 'local' });
  await hub.outbox.durable(hub.state.seq);
  expect(erased).toMatchObject({ kind: 'ack' });
  expect(filesIn(folder)).not.toMatch(theirs);
  expect(filesIn(folder)).toMatch(/hello/);
  const backups = readdirSync(join(folder, 'backups'));
  expect(backups).toEqual([expect.stringMatching(/^foyer-2027.*\.tar\.gz$/)]);
  hub.stop();
  await store.close();
  expect(filesIn(folder)).not.toMatch(theirs);
  expect((await verifyFolder(folder)).problems).toEqual([]);
});

function filesIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.map((each) => readFileSync(join(each.parentPath, each.name), 'utf8')).join('\n');
}
