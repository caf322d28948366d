import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateYear } from '../../main/hub/demo/year/simulated-year';
import { verifyFolder } from '../../main/hub/store/verify-folder';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { passphrase } from '../support/hub';

const none = () => undefined;
const endsAt = Date.UTC(2026, 10, 23, 9);
const setup = { officeName: 'A year', supervisorName: 'Sam', passphrase };

async function year(seed: number): Promise<string> {
  const folder = join(temporaryFolder(), 'data');
  const ports = { log: { info: none, warn: none, error: none }, startWriter: inProcessWriter() };
  const days: string[] = [];
  await simulateYear(
    { folder, seed, conversations: 60, ...{ endsAt, days: 4 }, setup },
    ports,
    ({ day }) => void days.push(day),
  );
  expect([days[0], days.at(-1), days.length]).toEqual(['2026-11-19', '2026-11-22', 4]);
  return folder;
}

function textOf(folder: string, of: 'archive' | 'audit'): string {
  const names = readdirSync(join(folder, of)).filter((name) => name.endsWith('.jsonl'));
  return names.map((name) => readFileSync(join(folder, of, name), 'utf8')).join('');
}

test('a year of an office is whole, has all that an office has, and is the same from the same seed', async () => {
  const [one, same, other] = [await year(1), await year(1), await year(2)];
  const { lines, problems } = await verifyFolder(one);
  expect(problems).toEqual([]);
  expect(lines.join('\n')).toMatch(/\b0 open conversations, 21 accounts\b/);
  const archive = textOf(one, 'archive');
  const conversations = archive
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(conversations).toHaveLength(60);
  expect(new Set(conversations.map(({ groupId }) => groupId)).size).toBe(5);
  const of = (has: (each: (typeof conversations)[0]) => boolean) => conversations.filter(has).length;
  expect(of(({ left }) => left !== undefined)).toBeGreaterThan(0);
  expect(of(({ tags }) => tags.length > 0)).toBeGreaterThan(3);
  expect(of(({ customer }) => customer.language === 'zh')).toBeGreaterThan(10);
  expect(new Set(conversations.map(({ customerId }) => customerId)).size).toBeLessThan(60);
  expect(textOf(same, 'archive')).toBe(archive);
  expect(textOf(same, 'audit')).toBe(textOf(one, 'audit'));
  expect(textOf(other, 'archive')).not.toBe(archive);
}, 60_000);
