import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { digestOf } from '../../main/hub/state/running-digest';
import { readDay } from '../../main/hub/store/archive-day';
import { auditMonths, readMonth } from '../../main/hub/store/audit-files';
import { encodeLine, headerLine } from '../../main/hub/store/journal-lines';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import { livedRecords, seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { digestsOf, Rig } from './support/rig';

/**
 * A folder that a hub of format 2 has written and was killed in: two conversations in the archive, one that has just
 * ended, two that are open, a left message, and records that are in the journal alone.
 */
const fixture = join(__dirname, 'fixtures', 'format-2');
const attachmentId = 'cdb30873bdf16770bfea1fe86e44db7476e504c2dca1542b0660b20f47f523a7';

function format2(): MemoryDisk {
  const disk = new MemoryDisk();
  const files = readdirSync(fixture, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const below = parentPath.slice(fixture.length);
    const steps = below.split('/').slice(1);
    for (const [place] of steps.entries()) {
      const folder = join('/data', ...steps.slice(0, place + 1));
      if (!disk.paths().includes(folder)) disk.makeFolder(folder);
    }
    disk.spoil(join('/data', below, name), readFileSync(join(parentPath, name)));
  }
  return disk;
}

const contentOf = (disk: MemoryDisk) => disk.paths().map((path) => [path, disk.peek(path)?.toString('latin1')]);
const textsOf = (messages: readonly { text: string; line: { code: string } | null }[]) =>
  messages.map(({ text, line }) => (line ? `(${line.code})` : text));

function expectEverything({ state }: Rig) {
  expect(state.seq).toBe(35);
  const { customers, threads, config } = state;
  expect([...customers.values()].map(({ name, contact, endedCount }) => [name, contact, endedCount])).toEqual([
    ['Mei', 'mei@example.com', 1],
    ['Wei', 'wei@example.com', 1],
    ['Li', '', 1],
    ['Noor', '', 0],
    ['Olu', '', 0],
  ]);
  expect([...threads.held()].map(({ messages }) => textsOf(messages))).toEqual([
    ['(queued)', 'One more thing', '(joined)', '(endedByAgent)'],
    ['(queued)', 'Is it blue?', '(joined)', 'It is green', 'Wants the blue one'],
    ['(queued)', 'Anybody there?'],
  ]);
  expect([...state.routing.conversations.values()].map(({ stage }) => stage.kind)).toEqual(['active', 'waiting']);
  expect([...state.leftMessages.all()].map(({ text, contact }) => [text, contact])).toEqual([
    ['Please call me', 'wei@example.com'],
  ]);
  expect(config.office).toMatchObject({ name: 'Harbour Street', retentionDays: 400, tags: ['Invoice', 'Delivery'] });
  expect([...config.accounts.values()].map(({ name, role }) => [name, role])).toEqual([
    ['Sam', 'supervisor'],
    ['Ana', 'agent'],
  ]);
  expect([...config.groups.values()]).toMatchObject([{ name: 'Orders', hours: { timeZone: 'Europe/Lisbon' } }]);
  expect([...config.cannedReplies.values()].map(({ text }) => text)).toEqual(['Good morning {customer}']);
  expect(config.passphrases.size).toBe(1);
  expect(state.uploads.save()).toMatchObject([{ file: { attachmentId, type: 'image/png', bytes: 70 } }]);
}

function archivedOn(disk: MemoryDisk) {
  return [...readDay(disk, '/data', '2027-01-15.jsonl')].map(({ conversation }) => conversation);
}

test('a folder of format 2 opens with everything in it, goes on in today’s, and opens again', async () => {
  const disk = format2();
  const rig = await Rig.open(disk);
  expectEverything(rig);
  expect(archivedOn(disk).map((each) => each && textsOf(each.messages))).toEqual([
    [
      '(queued)',
      'Where is my order? 订单',
      '(joined)',
      'Like this one?',
      'Three are left in the back room',
      'Yes, that one',
      '(endedByAgent)',
    ],
    ['(queued)', 'Hello?', '(endedByCustomer)'],
  ]);
  expect(archivedOn(disk)).toMatchObject([
    { tags: ['Invoice'], wrapUpCode: 'Solved', earlier: null },
    { tags: [], wrapUpCode: null, earlier: null },
  ]);
  const noted = [
    ...auditMonths(disk, '/data').flatMap((month) => readMonth(disk, '/data', month, null, 50)),
    ...rig.state.audit.page(null, 50),
  ];
  expect(new Set(noted.map(({ action }) => action)).size).toBeGreaterThan(4);
  expect(String(disk.peek('/data/hub.json'))).toContain('"format":5');
  await rig.store.close();
  expect(verifyOnDisk(disk, '/data').problems).toEqual([]);
  const again = await Rig.open(disk.cutPower(seededRandom(1)));
  expectEverything(again);
});

test('a journal of format 4, where messages are written whole, is replayed, and goes on in short', async () => {
  const records = await livedRecords(5, 60);
  const half = Math.floor(records.length / 2);
  const header = headerLine({ foyer: 'journal', format: 4, hubId: 'hub-1', epoch: 1, first: 1 });
  let text = header.line;
  let { sum } = header;
  for (const record of records.slice(0, half)) {
    const encoded = encodeLine(sum, record.seq, JSON.stringify(record));
    text += encoded.line;
    sum = encoded.sum;
  }
  const disk = new MemoryDisk();
  disk.makeFolder('/data/journal');
  disk.spoil('/data/journal/000001.jsonl', Buffer.from(text));
  disk.spoil('/data/hub.json', Buffer.from('{"hubId":"hub-1","epoch":1,"format":4}\n'));
  const rig = await Rig.open(disk);
  const digests = digestsOf(records);
  expect(digestOf(rig.state)).toBe(digests[half]);
  for (const record of records.slice(half)) rig.append(record);
  await rig.store.close();
  expect(String(disk.peek('/data/hub.json'))).toContain('"format":5');
  expect(verifyOnDisk(disk, '/data').problems).toEqual([]);
  const again = await Rig.open(disk);
  expect(digestOf(again.state)).toBe(digests.at(-1));
});

test('a folder of format 2 that is damaged is refused as it is: nothing of it is written in today’s format', async () => {
  const disk = format2();
  const path = '/data/journal/000003.jsonl';
  disk.spoil(path, Buffer.from(String(disk.peek(path)).replace('It is green', 'It is grass')));
  const before = contentOf(disk);
  await expect(Rig.open(disk)).rejects.toMatchObject({ code: 'damaged' });
  expect(contentOf(disk)).toEqual(before);
});

test('a folder of a newer format is refused as it is, naming the format', async () => {
  const disk = format2();
  disk.spoil('/data/hub.json', Buffer.from('{"hubId":"hub-1","epoch":1,"format":99}\n'));
  const before = contentOf(disk);
  const message = expect.stringContaining('format 99');
  await expect(Rig.open(disk)).rejects.toMatchObject({ code: 'newerFormat', message });
  expect(contentOf(disk)).toEqual(before);
});
