import { beforeAll, expect, test } from 'vitest';
import { parseRecord } from '../../main/hub/state/message-record';
import type { HubRecord } from '../../main/hub/state/records';
import { snapshotFile } from '../../main/hub/store/data-folder';
import { recoverOnDisk } from '../../main/hub/store/recover-folder';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import type { MessageView } from '../../shared/protocol/views';
import { TestHub } from '../support/hub';
import { wholeConversation } from '../support/whole-conversation';
import { seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { Rig, rigLimits, settled } from './support/rig';

const dayMs = 24 * 60 * 60_000;

let records: HubRecord[] = [];
let said: MessageView[] = [];
/** The record with the last word; after it the conversation ends and is archived. */
let lastWordSeq = 0;

/** So that a few words fill a segment of the journal. */
const long = 'and on '.repeat(30);

/** Mei says a lot, Ana answers once, and days later something else happens. */
beforeAll(async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'word 0' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'message.send', conversationId, text: 'I see' });
  for (let word = 1; word <= 20; word += 1) {
    mei.command({ op: 'message.send', text: `word ${word} ${long}` });
    office.advance(1_000);
  }
  lastWordSeq = office.hub.state.seq;
  mei.command({ op: 'conversation.leave' });
  office.advance(10 * 60_000);
  const li = await office.customer('Li', { text: 'Hello' });
  for (let word = 1; word <= 8; word += 1) li.command({ op: 'message.send', text: `hello ${word} ${long}` });
  office.flush();
  records = office.store.disk.lines.map(parseRecord);
  const events = records.flatMap((record) => record.events.map(({ event }) => event));
  said = events.flatMap((event) => (event.type === 'message.added' ? [event.message] : []));
  said = said.filter((each) => each.conversationId === conversationId);
});

async function lived(disk: MemoryDisk, upTo = records.length, limits = rigLimits): Promise<Rig> {
  const rig = await Rig.open(disk, limits);
  for (const record of records.slice(rig.state.seq, upTo)) {
    rig.append(record);
    await settled();
  }
  return rig;
}

const pagesOn = (disk: MemoryDisk) => disk.paths().filter((path) => path.startsWith('/data/pages/'));
const meiIn = ({ state }: Rig) => [...state.threads.held()].find(({ customerId }) => customerId === customerIdOf())!;
const customerIdOf = () => {
  const seen = records.flatMap(({ events }) => events).find(({ event }) => event.type === 'customer.seen')!.event;
  return seen.type === 'customer.seen' ? seen.customerId : '';
};

const readAll = (disk: MemoryDisk, rig: Rig) => wholeConversation(disk, '/data', meiIn(rig));

test('of a long conversation only the latest messages are held; the others are on pages, in order, also after a start', async () => {
  const disk = new MemoryDisk();
  const rig = await lived(disk, lastWordSeq);
  expect(meiIn(rig).messages.length).toBeLessThan(rigLimits.conversationMessagesMax);
  expect(readAll(disk, rig)).toEqual(said.slice(0, -1));
  const kept = snapshotFile(disk, '/data').load()!;
  const saved = kept.content.state.desk.conversations.find(({ customerId }) => customerId === customerIdOf())!;
  expect(saved.messages.length).toBeLessThan(rigLimits.conversationMessagesMax);
  expect(readAll(disk, await Rig.open(disk.kill()))).toEqual(said.slice(0, -1));
});

test('a page that a crash took is written again by the journal', async () => {
  const disk = new MemoryDisk();
  await lived(disk, lastWordSeq, { ...rigLimits, segmentBytesMax: 1e9 });
  const wanted = pagesOn(disk);
  for (const path of wanted) disk.spoil(path, null);
  disk.spoil(wanted[0]!.replace('.jsonl', '.jsonl.tmp'), Buffer.from('half'));
  const rig = await Rig.open(disk.kill());
  expect(readAll(disk, rig)).toEqual(said.slice(0, -1));
  expect(pagesOn(disk)).toEqual(wanted);
  // And stays there when the power goes.
  await rig.store.close();
  const after = disk.cutPower(seededRandom(3));
  expect(readAll(after, await Rig.open(after))).toEqual(said.slice(0, -1));
});

test('a state from before there were pages: what is too much leaves at the first start', async () => {
  const disk = new MemoryDisk();
  const unbounded = { ...rigLimits, conversationMessagesMax: Number.POSITIVE_INFINITY };
  const before = await lived(disk, lastWordSeq, unbounded);
  await before.store.close();
  expect(pagesOn(disk)).toEqual([]);
  const copy = disk.copy();
  const rig = await Rig.open(disk);
  expect(meiIn(rig).messages.length).toBeLessThan(rigLimits.conversationMessagesMax);
  expect(readAll(disk, rig)).toEqual(said.slice(0, -1));
  expect(verifyOnDisk(copy, '/data', rigLimits).problems).toEqual([]);
});

test('an ended conversation keeps its pages while its day is kept, and they go with it', async () => {
  const disk = new MemoryDisk();
  const rig = await lived(disk);
  const [day] = disk.paths().filter((path) => path.startsWith('/data/archive/'));
  const archived = JSON.parse(String(disk.peek(day!)).split('\n')[0]!);
  expect(archived.messages.length + archived.earlier.count).toBe(said.length);
  expect(archived.earlier.agents).toEqual([{ agentId: expect.any(String), name: 'Ana' }]);
  expect(verifyOnDisk(disk.copy(), '/data', rigLimits).problems).toEqual([]);
  const mine = pagesOn(disk).filter((path) => path.includes(customerIdOf()));
  const others = pagesOn(disk).filter((path) => !mine.includes(path));
  expect([mine.length, others.length]).toEqual([10, 3]);
  await rig.store.expire(archived.closedAt - dayMs);
  expect(pagesOn(disk)).toEqual([...mine, ...others].sort());
  await rig.store.expire(archived.closedAt + dayMs);
  expect(pagesOn(disk)).toEqual(others);
});

/** Mei's conversation has ended and is archived. */
async function ended(disk: MemoryDisk) {
  const rig = await lived(disk);
  const day = disk.paths().find((path) => path.startsWith('/data/archive/'))!;
  const { closedAt } = JSON.parse(String(disk.peek(day)).split('\n')[0]!) as { closedAt: number };
  const mine = () => pagesOn(disk).filter((path) => path.includes(customerIdOf()));
  return { rig, day, closedAt, mine };
}

test('to find the pages that go no day is read that stays, and no empty folder is left of them', async () => {
  const disk = new MemoryDisk();
  const { rig, day, closedAt, mine } = await ended(disk);
  const later = '/data/archive/2099-01-01.jsonl';
  disk.spoil(later, disk.peek(day));
  const read = new Set<string>();
  disk.fault = (call, _number, path) => {
    if (call === 'open') read.add(path);
    return null;
  };
  await rig.store.expire(closedAt + dayMs);
  expect([read.has(day), read.has(later)]).toEqual([true, false]);
  expect(mine()).toEqual([]);
  expect(disk.list('/data/pages')).toHaveLength(1);
});

test('old pages stay while a later day names their conversation, and go when none does', async () => {
  const disk = new MemoryDisk();
  const { rig, day, closedAt, mine } = await ended(disk);
  const later = '/data/archive/2099-01-01.jsonl';
  disk.spoil(later, disk.peek(day));
  disk.spoil(day, null);
  await rig.store.expire(closedAt + dayMs);
  expect(mine()).toHaveLength(10);
  disk.spoil(later, null);
  await rig.store.expire(closedAt - dayMs);
  expect(mine()).toHaveLength(10);
  await rig.store.expire(closedAt + dayMs);
  expect(mine()).toEqual([]);
});

test('cut short before any call to the disk, the pages that go are gone after the next try', async () => {
  const whole = new MemoryDisk();
  const { rig, closedAt } = await ended(whole);
  await rig.store.close();
  const expireOn = async (disk: MemoryDisk) => (await Rig.open(disk)).store.expire(closedAt + dayMs);
  const left = (disk: MemoryDisk) => [disk.list('/data/pages').length, pagesOn(disk).length];
  let cut = 0;
  for (let place = 1; ; place += 1) {
    const disk = whole.copy();
    const again = await Rig.open(disk);
    const last = disk.calls + place;
    disk.fault = (_call, number) => (number > last ? 'EIO' : null);
    const done = await again.store.expire(closedAt + dayMs).then(
      () => true,
      () => false,
    );
    const after = disk.kill();
    await expireOn(after);
    expect(left(after)).toEqual([1, 3]);
    if (done) break;
    cut += 1;
  }
  expect(cut).toBeGreaterThan(40);
});

test('verify names a page that is missing or damaged', async () => {
  const disk = new MemoryDisk();
  await (await lived(disk, lastWordSeq)).store.close();
  const [page] = pagesOn(disk);
  const problemsWith = (bytes: Buffer | null) => {
    const copy = disk.copy();
    copy.spoil(page!, bytes);
    return verifyOnDisk(copy, '/data', rigLimits).problems;
  };
  expect(problemsWith(disk.peek(page!))).toEqual([]);
  expect(problemsWith(null)).toEqual([expect.stringMatching(/^pages\/\S+ has \d+ of \d+ messages$/)]);
  expect(problemsWith(Buffer.from('{"half'))).toEqual([expect.stringMatching(/^pages\/\S+ is not readable$/)]);
});

test('pages from after the end of a journal that was cut are not read, and go at the next start', async () => {
  const disk = new MemoryDisk();
  const limits = { ...rigLimits, segmentBytesMax: 1e9 };
  await lived(disk, lastWordSeq, limits);
  const journal = '/data/journal/000001.jsonl';
  const lines = String(disk.peek(journal)).split('\n');
  const half = lines.findIndex((line) => line.includes('word 10'));
  lines[half] = lines[half]!.replace('word 10', 'word X');
  disk.spoil(journal, Buffer.from(lines.join('\n')));
  disk.spoil('/data/config.json', null);
  recoverOnDisk(disk, '/data', 'cut');
  const later = pagesOn(disk).length;
  const rig = await Rig.open(disk.kill(), limits);
  expect(readAll(disk, rig).map(({ text }) => text)).toEqual(
    said
      .map(({ text }) => text)
      .slice(
        0,
        said.findIndex(({ text }) => text.startsWith('word 10 ')),
      ),
  );
  expect(pagesOn(disk).length).toBeLessThan(later);
});
