import { describe, expect, test } from 'vitest';
import { SoughtKeys } from '../../main/hub/search/day-filter';
import { LineSieve } from '../../main/hub/search/line-sieve';
import { finished, match, type Search } from '../../main/hub/search/search';
import { newThread, withPage } from '../../main/hub/state/thread';
import { Archive } from '../../main/hub/store/archive';
import { readDay } from '../../main/hub/store/archive-day';
import { ArchiveIndex, archiveDays, indexDays, indexPath, readIndex } from '../../main/hub/store/archive-index';
import { askArchive } from '../../main/hub/store/archive-reader';
import { type ArchivedConversation, searchable } from '../../main/hub/store/archived-conversation';
import { Pages, pagedOf, wordsInPages } from '../../main/hub/store/pages';
import { fold, phoneIn, searchWords } from '../../shared/search-words';
import { createRandom, type Random } from '../simulation/random';
import { MemoryDisk } from './support/memory-disk';

const folder = '/data';
const startsAt = Date.UTC(2026, 10, 20);
const dayMs = 24 * 60 * 60_000;
const tagNames = ['urgent', 'a "b"', '投诉'];

const texts = [
  ...['Where is my parcel A-48213907?', 'The Straße is closed, says AMÉLIE', 'ok，bye（now）', 'a "quoted" \\ word'],
  ...[
    '我的发票在哪里？',
    '单田芳说：订单已经发出',
    'ｆｕｌｌ ｗｉｄｔｈ １２３',
    'line\nbreak\u0007bell',
    '각 나라 λόγος ΣΊΣΥΦΟΣ',
  ],
  ...['e\u0301te\u0301 au Ame\u0301rique', '🙂 smile 🙃', 'K㎏ ﬁne', 'lone \ud83d half', 'x', ''],
];
const names = [
  '王芳',
  '单田芳',
  'Amélie',
  '欧阳 小 红',
  'Li 王',
  '吕布',
  'Zoë "Z" O\\Neil',
  '曾行长乐行',
  '한국',
  '王'.repeat(30),
];
const contacts = ['+351 912 345 678', '(0)912-345-679 or mei@example.org', '912345678', 'mei@example.org', ''];
const phones = ['912 345 678', '+351912345679', '00351 912 345 678', '345678', '48214821', '912345'];
const files = ['Invoice 2026.pdf', '发票.pdf'];
const spelled = [
  'wf',
  'wangfang',
  'dantianfang',
  'stf',
  'ouyangxiaohong',
  'oyxh',
  'liwang',
  'lvbu',
  'zeng',
  'w',
  'wang',
  'wangf',
];

class Office {
  readonly disk = new MemoryDisk();
  readonly archive = new Archive(this.disk, folder);
  private readonly pages = new Pages(this.disk, folder);
  private count = 0;

  /** `longLeft`: how many messages are so long that their conversation's line has parts. */
  constructor(
    private readonly random: Random,
    private longLeft = 0,
  ) {}

  add(day: number, more: Partial<ArchivedConversation> = {}): ArchivedConversation {
    const { random } = this;
    this.count += 1;
    const conversationId = `conversation-${this.count}`;
    const customerId = `customer-${random.whole(1, 9)}`;
    const closedAt = startsAt + day * dayMs + this.count * 1_000;
    const of = { conversationId, customerId, groupId: 'group-1', openedAt: closedAt - 500 };
    const said = () => Array.from({ length: random.whole(1, 3) }, () => this.message(conversationId, closedAt));
    const thread = { ...newThread(of, closedAt), closedAt, messages: said() };
    if (random.chance(0.2)) {
      const messages = said();
      this.pages.add({ customerId, conversationId, messages });
      thread.earlier = withPage(null, messages);
    }
    if (random.chance(0.3)) thread.note = random.pick(texts);
    if (random.chance(0.3)) thread.tags = [random.pick(tagNames)];
    if (random.chance(0.3)) thread.wrapUpCode = 'solved';
    if (random.chance(0.1)) thread.left = { contact: random.pick(contacts), seenTo: null };
    const who = { customerId, name: random.pick(names), language: 'en' as const };
    const contact = random.pick(contacts);
    const customer = random.chance(0.9) ? { ...who, ...(contact ? { contact } : {}) } : null;
    const conversation = { ...thread, customer, ...more };
    this.archive.add([conversation]);
    return conversation;
  }

  private message(conversationId: string, at: number) {
    this.count += 1;
    const { random } = this;
    const from = { kind: 'customer' } as const;
    const text = this.longLeft > 0 ? `${random.pick(texts)} `.repeat(10_000) : random.pick(texts);
    this.longLeft -= 1;
    const file = { attachmentId: 'a'.repeat(64), name: random.pick(files), type: 'application/pdf' as const, bytes: 1 };
    const attachments = random.chance(0.2) ? { attachments: [file] } : {};
    return { messageId: `${this.count}.1`, conversationId, at, from, text, line: null, ...attachments };
  }

  /** A part of a text, a name or its spelling, or nothing that anybody said. */
  word(): string {
    const { random } = this;
    if (random.chance(0.1)) return random.pick(['nowhere', '48214', '发标', 'qx']);
    const pool = random.pick([spelled, names, texts, texts, files, contacts]);
    const whole = fold(random.pick(pool));
    const from = random.whole(0, Math.max(0, whole.length - 1));
    return whole.slice(from, from + random.whole(1, 9)).split(/\s+/)[0] || 'w';
  }
}

const everything: Search = {
  words: [],
  phone: null,
  customerId: undefined,
  agentId: undefined,
  groupId: undefined,
  stage: undefined,
  from: undefined,
  before: undefined,
  tag: undefined,
  wrapUpCode: undefined,
  scoreMax: undefined,
  asOf: startsAt + 365 * dayMs,
  after: null,
  reader: { agentId: 'agent-1', groupIds: ['group-1'], allowed: ['own', 'group', 'other'] },
};

const phoneSearch = (query: string) => ({ words: searchWords(query), phone: phoneIn(query) });

function ask(disk: MemoryDisk, day: string, search: Search) {
  const answer = askArchive(disk, folder, { kind: 'search', day, search, length: 1_000 });
  if (!('found' in answer)) throw new Error('not an answer of a search');
  return answer;
}

/** By reading and checking every line, without index and sieve. */
function scan(disk: MemoryDisk, day: string, search: Search) {
  const found = [];
  for (const { conversation } of readDay(disk, folder, day)) {
    const known = conversation && searchable(conversation);
    const one = known && finished(match(search, known));
    const hit = one && 'missing' in one ? one.result(wordsInPages(disk, folder, pagedOf(known!), one.missing)) : one;
    if (hit) found.push(hit);
  }
  return found;
}

const byId = (hits: readonly { found: { conversationId: string } }[]) =>
  [...hits].sort((a, b) => (a.found.conversationId < b.found.conversationId ? -1 : 1));

test('a search finds with the index and the sieve what it finds by reading every line', () => {
  let hits = 0;
  let ruledOut = 0;
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = createRandom(seed);
    const office = new Office(random, seed % 10 === 0 ? 3 : 0);
    for (let day = 0; day < 3; day += 1) for (let count = random.whole(1, 6); count > 0; count -= 1) office.add(day);
    if (random.chance(0.8)) indexDays(office.disk, folder);
    // Some come later than the index.
    if (random.chance(0.5)) office.add(random.whole(0, 2));
    for (let run = 0; run < (seed % 10 === 0 ? 8 : 30); run += 1) {
      const search: Search = {
        ...everything,
        words: [...new Set(Array.from({ length: random.whole(run % 3 === 0 ? 0 : 1, 2) }, () => office.word()))],
        ...(random.chance(0.3) ? phoneSearch(random.pick(phones)) : {}),
        ...(random.chance(0.2) ? { customerId: `customer-${random.whole(1, 10)}` } : {}),
        ...(random.chance(0.1) ? { tag: random.pick([...tagNames, 'none']) } : {}),
        ...(random.chance(0.1) ? { wrapUpCode: random.pick(['solved', 'none']) } : {}),
      };
      for (const day of archiveDays(office.disk, folder)) {
        const { found, bytes } = ask(office.disk, day, search);
        expect([search, byId(found)]).toEqual([search, byId(scan(office.disk, day, search))]);
        const narrowed = askArchive(office.disk, folder, { kind: 'narrow', days: [day], search });
        if (found.length > 0) expect(narrowed).toEqual({ days: [day] });
        hits += found.length;
        if (bytes === 0) ruledOut += 1;
      }
    }
  }
  // Both have something to find and to rule out.
  expect(hits).toBeGreaterThan(500);
  expect(ruledOut).toBeGreaterThan(200);
}, 60_000);

test('a line with any letter is passed on to a search for what the letter folds to', () => {
  const missed: string[] = [];
  for (let code = 0x21; code <= 0xffff; code += 1) {
    const letter = String.fromCharCode(code);
    const words = fold(letter).split(/\s+/).filter(Boolean);
    const line = Buffer.from(JSON.stringify({ text: `a${letter}b`, customer: null }));
    for (const word of words) if (!new LineSieve({ ...everything, words: [word] }).mayMatch(line)) missed.push(letter);
  }
  expect(missed).toEqual([]);
  const line = Buffer.from(JSON.stringify({ text: 'Parcel （A－48）', customer: null }));
  const finds = (word: string) => new LineSieve({ ...everything, words: [word] }).mayMatch(line);
  expect(['parcel', '(a-48)', 'a48', 'parcel(', '.arcel', '[p]'].map(finds)).toEqual([
    ...[true, true, false, false, false, false],
  ]);
});

describe('an index', () => {
  const name = '2026-11-20.jsonl';
  const office = () => {
    const made = new Office(createRandom(7));
    for (let count = 0; count < 40; count += 1) made.add(0);
    indexDays(made.disk, folder);
    return made;
  };

  test('rules out what nobody said, without a look at the day', () => {
    const { disk } = office();
    const search = { ...everything, words: ['nowhere'] };
    expect(askArchive(disk, folder, { kind: 'narrow', days: [name], search })).toEqual({ days: [] });
    for (const words of [['nowhere'], ['4821399'], ['发标'], ['zhongliang']])
      expect(ask(disk, name, { ...everything, words })).toEqual({ found: [], bytes: 0 });
    expect(ask(disk, name, { ...everything, customerId: 'customer-0' }).bytes).toBe(0);
    expect(ask(disk, name, { ...everything, words: ['parcel'] }).found).not.toEqual([]);
  });

  test('that is damaged, or of a day that is shorter, is not used', () => {
    const { disk } = office();
    const path = indexPath(folder, name);
    const whole = Buffer.from(disk.peek(path)!);
    const words = ['parcel'];
    const all = ask(disk, name, { ...everything, words }).found.length;
    for (let at = 0; at < whole.length; at += 1) {
      const spoilt = Buffer.from(whole);
      spoilt[at]! ^= 1 << (at % 8);
      disk.spoil(path, spoilt);
      expect(readIndex(disk, folder, name)?.bits ?? null).toBeNull();
    }
    expect(ask(disk, name, { ...everything, words }).found).toHaveLength(all);
    const text = whole.toString('latin1').replace(/"bytes":\d+/, '"bytes":99999999');
    disk.spoil(path, Buffer.from(text, 'latin1'));
    expect(readIndex(disk, folder, name)).toBeNull();
  });

  test('knows nothing of an erased customer, and everything of the others', () => {
    const { archive, disk } = office();
    const sought = new SoughtKeys({ ...everything, customerId: 'customer-3' });
    expect(sought.mayBeIn(readIndex(disk, folder, name)!.bits)).toBe(true);
    archive.erase(new Set(['customer-3']));
    const left = readIndex(disk, folder, name)!;
    expect(sought.mayBeIn(left.bits)).toBe(false);
    const made = new ArchiveIndex(disk, folder).of(name, disk.bytes(`${folder}/archive/${name}`));
    expect([left.sum, [...left.bits]]).toEqual([made!.sum, [...made!.bits]]);
  });

  test('goes with its day', () => {
    const { archive, disk } = office();
    archive.expire(startsAt + 2 * dayMs);
    expect(disk.paths().filter((path) => path.startsWith('/data/archive/'))).toEqual([]);
  });

  test('is made of days that are over and synced, the newest first, so many at once', () => {
    const made = new Office(createRandom(3));
    for (let day = 0; day < 4; day += 1) made.add(day);
    const indexed = () => made.disk.paths().filter((path) => path.endsWith('.index'));
    const before = startsAt + 3 * dayMs;
    made.archive.indexBefore(before, 2);
    expect(indexed()).toEqual([]);
    made.archive.sync();
    made.archive.indexBefore(before, 2);
    expect(indexed()).toEqual(['/data/archive/2026-11-21.index', '/data/archive/2026-11-22.index']);
    made.add(1);
    made.archive.sync();
    made.archive.indexBefore(before, 9);
    expect(indexed()).toHaveLength(3);
    const bytes = made.disk.bytes('/data/archive/2026-11-21.jsonl');
    expect(readIndex(made.disk, folder, '2026-11-21.jsonl')?.bytes).toBe(bytes);
  });
});
