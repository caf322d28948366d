import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { parseRecord } from '../../main/hub/state/message-record';
import type { HubRecord } from '../../main/hub/state/records';
import { attachmentPath } from '../../main/hub/store/attachment-files';
import { nodeDisk } from '../../main/hub/store/disk';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { seededBytes, TestHub } from '../support/hub';
import { openRealHub } from '../support/real-hub';
import { inProcessWriter } from './support/in-process-writer';
import { seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { Rig, rigLimits, settled } from './support/rig';

const dayMs = 24 * 60 * 60_000;
const old = /old secret/;

let records: HubRecord[] = [];
let before = 0;
/** The first of them that does not know what is too old. */
let expiredAt = 0;

/** A customer writes every twelve days; what is older than 30 days goes. */
beforeAll(async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  sam.command({ op: 'office.put', retentionDays: 30 });
  const mei = await office.customer('Mei Chen', null);
  for (const text of ['an old secret', 'still there', 'and this']) {
    mei.command({ op: 'conversation.open', name: 'Mei Chen', text });
    mei.command({ op: 'conversation.leave' });
    office.advance(12 * dayMs);
  }
  for (let turn = 0; turn < 20; turn += 1) {
    await settled();
    office.flush();
  }
  records = office.store.disk.lines.map(parseRecord);
  for (const { seq, events } of records)
    for (const { event } of events) if (event.type === 'history.expired') [expiredAt, before] = [seq, event.before];
});

async function lived(disk: MemoryDisk): Promise<Rig> {
  const rig = await Rig.open(disk);
  for (const record of records.slice(0, expiredAt)) {
    rig.append(record);
    await settled();
  }
  // What crashes left, put aside.
  disk.makeFolder('/data/quarantine');
  for (const [day, text] of Object.entries({ '2027-01-15': 'an old secret', '2027-02-10': 'still there' }))
    disk.spoil(`/data/quarantine/archive-${day}.jsonl.2`, Buffer.from(text));
  return rig;
}

/** As the hub does; false when it was not recorded that it is done. */
async function expire(rig: Rig): Promise<boolean> {
  try {
    await rig.store.expire(before);
  } catch {
    return false;
  }
  const seq = rig.state.seq + 1;
  rig.append({ seq, at: rig.state.at, events: [{ of: 'hub', event: { type: 'history.expiryFinished', before } }] });
  await settled();
  return rig.acknowledged >= seq;
}

function expectExpired(disk: MemoryDisk): void {
  const texts = disk.paths().map((path) => `${path}: ${disk.peek(path)?.toString('utf8')}`);
  expect(texts.filter((text) => old.test(text)).map((text) => text.slice(0, 80))).toEqual([]);
  expect(texts.join('\n')).toContain('still there');
  expect(disk.paths()).toContain('/data/quarantine/archive-2027-02-10.jsonl.2');
  expect(verifyOnDisk(disk, '/data', rigLimits).problems).toEqual([]);
}

test('no file knows what is too old, the rest is there, and everybody stays', async () => {
  const disk = new MemoryDisk();
  const rig = await lived(disk);
  expect(disk.paths().filter((path) => /^\/data\/archive\/.*\.jsonl$/.test(path))).toHaveLength(2);
  const { epoch } = rig.store;
  expect(await expire(rig)).toBe(true);
  expect(rig.store.epoch).toBe(epoch);
  expectExpired(disk);
  for (let seed = 1; seed <= 20; seed += 1) expectExpired(disk.cutPower(seededRandom(seed)));
});

test.each(['killed', 'power'] as const)(
  'cut short before any call to the disk (%s): it is done, or goes on at the next start',
  async (how) => {
    const whole = new MemoryDisk();
    const rig = await lived(whole);
    const first = whole.calls;
    await expire(rig);
    const calls = whole.calls - first;
    expect(calls).toBeGreaterThan(40);
    let redone = 0;
    for (let place = 0; place <= calls; place += 1) {
      const disk = new MemoryDisk();
      const cut = await lived(disk);
      const last = disk.calls + place;
      disk.fault = (_call, number) => (number > last ? 'EIO' : null);
      const finished = await expire(cut);
      const left = how === 'killed' ? disk.kill() : disk.cutPower(seededRandom(place));
      if (finished) expectExpired(left);
      const again = await Rig.open(left);
      if (again.state.expiring === null) continue;
      expect(finished).toBe(false);
      redone += 1;
      expect(await expire(again)).toBe(true);
      expectExpired(left);
    }
    expect(redone).toBeGreaterThan(40);
  },
  60_000,
);

/** A hub over a real folder, whose archive has conversations of 365 and 364 days ago, with attachments. */
async function archivedOffice(disk = nodeDisk) {
  const folder = temporaryFolder();
  const clock = createHandClock(1_800_000_000_000);
  const events: string[] = [];
  const note = (event: string) => void events.push(event);
  const hub = await openRealHub(folder, {
    clock,
    randomBytes: seededBytes(5),
    log: { info: note, warn: note, error: note },
    startWriter: inProcessWriter(disk),
  });
  onTestFinished(() => hub.stop());
  const archive = join(folder, 'archive');
  const file = (digit: string) => join(folder, attachmentPath(digit.repeat(64)));
  mkdirSync(archive, { recursive: true });
  const put = (daysAgo: number, conversationId: string, digits: string[]) => {
    const closedAt = clock.now() - daysAgo * dayMs;
    const attachments = digits.map((digit) => ({ attachmentId: digit.repeat(64), name: 'a.txt' }));
    const line = {
      conversationId,
      customerId: 'customer-1',
      closedAt,
      messages: [{ text: conversationId, attachments }],
    };
    writeFileSync(join(archive, `${new Date(closedAt).toISOString().slice(0, 10)}.jsonl`), `${JSON.stringify(line)}\n`);
    for (const digit of digits) {
      mkdirSync(dirname(file(digit)), { recursive: true });
      writeFileSync(file(digit), digit);
    }
  };
  put(365, 'conversation-1', ['a', 'b']);
  put(364, 'conversation-2', ['b', 'c']);
  const filesThere = () => ['a', 'b', 'c'].filter((digit) => existsSync(file(digit)));
  const isFinished = () => readFileSync(journalOf(folder), 'utf8').includes('"history.expiryFinished"');
  return { folder, archive, clock, events, filesThere, isFinished };
}

test('in a real folder, while the hub runs: the attachments go with their conversations, and it is audited', async () => {
  const { folder, archive, clock, filesThere, isFinished } = await archivedOffice();
  clock.advance(dayMs);
  await vi.waitFor(() => expect(isFinished()).toBe(true));
  const state = readFileSync(join(folder, 'state.json'), 'utf8');
  expect(state).toContain('"action":"history.expire"');
  expect(state).toContain('{"field":"conversations","before":1,"after":0}');
  const days = readdirSync(archive).filter((name) => name.endsWith('.jsonl'));
  expect(days).toHaveLength(1);
  expect(readFileSync(join(archive, days[0]!), 'utf8')).toContain('conversation-2');
  expect(filesThere()).toEqual(['b', 'c']);
});

test('the disk fails while it is done: the next hub behind the same address takes the attachments, too', async () => {
  let full = true;
  const { clock, events, filesThere, isFinished } = await archivedOffice({
    ...nodeDisk,
    rename(from, to) {
      if (full && to.endsWith('state.json')) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      nodeDisk.rename(from, to);
    },
  });
  clock.advance(dayMs);
  await vi.waitFor(() => expect(events).toContain('store.failed'), { timeout: 10_000 });
  expect(filesThere()).toEqual(['a', 'b', 'c']);
  full = false;
  await vi.waitFor(
    () => {
      clock.advance(5_000);
      expect(events).toContain('hub.revived');
    },
    { timeout: 10_000 },
  );
  await vi.waitFor(() => expect(isFinished()).toBe(true));
  expect(filesThere()).toEqual(['b', 'c']);
});

function journalOf(folder: string): string {
  return join(folder, 'journal', readdirSync(join(folder, 'journal')).sort().at(-1)!);
}
