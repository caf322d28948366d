import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AuditLog } from '../../main/hub/state/audit-log';
import type { HubRecord } from '../../main/hub/state/records';
import { saveState, startingState } from '../../main/hub/state/saved-state';
import { AuditFiles, auditMonths, readMonth } from '../../main/hub/store/audit-files';
import { upgradeState } from '../../main/hub/store/upgrade/saved-state';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import { type AuditEntry, compareAudit } from '../../shared/protocol/audit';
import { seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { Rig, rigLimits, settled } from './support/rig';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 30, 20);

const entry = (seq: number, at: number, fields: Partial<AuditEntry> = {}): AuditEntry => ({
  auditId: `${seq}.1`,
  at,
  by: { kind: 'agent', agentId: 'a1', name: 'Sam', device: 'PC' },
  action: 'agent.put',
  subject: `agent ${seq}`,
  changes: [],
  ...fields,
});

/** One entry a minute, over the end of a month. */
const records = (count: number): HubRecord[] =>
  Array.from({ length: count }, (_, i) => {
    const at = startMs + i * minuteMs;
    return { seq: i + 1, at, events: [{ of: 'hub', event: { type: 'audit.noted', entry: entry(i + 1, at) } }] };
  });

function inFiles(disk: MemoryDisk): AuditEntry[] {
  return auditMonths(disk, '/data').flatMap((name) => readMonth(disk, '/data', name, null, 10_000).reverse());
}

const subjects = (entries: readonly AuditEntry[]) => entries.map(({ subject }) => subject);

test('what changes no more goes to the files of its month, and all is read in pages, newest first', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  for (const record of records(400)) rig.append(record);
  await settled();
  expect(auditMonths(disk, '/data')).toEqual(['2026-11.jsonl', '2026-12.jsonl']);
  const recent = rig.state.audit.page(null, 1_000);
  expect(recent).toHaveLength(10);
  const paged = [...recent];
  for (let isLast = false; !isLast; ) {
    const { at, auditId } = paged.at(-1)!;
    const page = await rig.store.auditPage({ at, auditId }, 37);
    paged.push(...page.entries);
    isLast = page.isLast;
  }
  expect(subjects(paged)).toEqual(subjects(inFiles(disk).concat([...recent].reverse())).reverse());
  expect(paged).toHaveLength(400);
  expect(verifyOnDisk(disk.kill(), '/data', rigLimits)).toMatchObject({ problems: [] });
});

test.each(['killed', 'cutPower'] as const)(
  'after a crash (%s) nothing is missing there, and nothing twice',
  async (how) => {
    const all = records(300);
    for (let cut = 20; cut <= 300; cut += 20) {
      let disk = new MemoryDisk();
      const rig = await Rig.open(disk);
      for (const record of all.slice(0, cut)) {
        rig.append(record);
        if (record.seq % 7 === 0) await settled();
      }
      await settled();
      disk = how === 'killed' ? disk.kill() : disk.cutPower(seededRandom(cut));
      const again = await Rig.open(disk);
      for (const record of all.slice(again.state.seq)) again.append(record);
      await settled();
      const known = [...inFiles(disk), ...again.state.audit.page(null, 1_000).reverse()];
      expect(known.map(({ auditId }) => auditId)).toEqual(all.map(({ seq }) => `${seq}.1`));
    }
  },
);

test('a write that failed is tried again from where the file is whole', () => {
  const disk = new MemoryDisk();
  const files = new AuditFiles(disk, '/data');
  files.add(entry(1, startMs));
  files.write();
  files.add(entry(2, startMs + 1));
  files.add(entry(3, startMs + 2));
  let writes = 0;
  disk.fault = (call) => {
    if (call !== 'write') return null;
    writes += 1;
    return writes === 1 ? 'short' : 'ENOSPC';
  };
  expect(() => files.write()).toThrow();
  disk.fault = () => null;
  files.write();
  expect(inFiles(disk).map(({ auditId }) => auditId)).toEqual(['1.1', '2.1', '3.1']);
});

test('what a process had written before it was killed is synced by the next one', () => {
  const disk = new MemoryDisk();
  const folder = '/data';
  const write = (...entries: AuditEntry[]) => {
    const files = new AuditFiles(disk, folder);
    for (const each of entries) files.add(each);
    files.write();
    return files;
  };
  write(entry(1, startMs)).sync();
  write(entry(1, startMs), entry(2, startMs + 1));
  disk.kill();
  // The journal brings it again, and the file has it: from then on the journal may go.
  write(entry(1, startMs), entry(2, startMs + 1)).sync();
  expect(inFiles(disk.cutPower(() => 0)).map(({ auditId }) => auditId)).toEqual(['1.1', '2.1']);
});

test('a log kept in the state, as it was before, goes to the files once', async () => {
  const disk = new MemoryDisk();
  const before = await Rig.open(disk);
  const old = Array.from({ length: 2_000 }, (_, i) => entry(i + 1, startMs + i * minuteMs));
  const empty = startingState({ state: null, config: null }, rigLimits);
  const upgraded = upgradeState({ ...saveState(empty), audit: old });
  const state = startingState({ state: upgraded, config: null }, rigLimits);
  expect(state.audit.lastId).toBe('2000.1');
  expect(saveState(state).audit).toMatchObject({ recent: old.slice(-10) });
  await before.store.close();
  const files = new AuditFiles(disk, '/data');
  for (let time = 0; time < 2; time += 1) {
    new AuditLog((each) => files.add(each)).load(upgraded.audit);
    files.write();
  }
  expect(inFiles(disk)).toEqual(old.slice(0, -10));
});

test('months go when they were over before what the office keeps, and no sooner', () => {
  const disk = new MemoryDisk();
  const files = new AuditFiles(disk, '/data');
  const months = [9, 10, 11].map((month) => Date.UTC(2026, month, 15));
  for (const [i, at] of months.entries()) files.add(entry(i + 1, at));
  files.write();
  files.expire(Date.UTC(2026, 10, 30));
  expect(auditMonths(disk, '/data')).toEqual(['2026-11.jsonl', '2026-12.jsonl']);
});

test('a page starts where it is to, however long the lines are and whatever can’t be read between them', () => {
  const disk = new MemoryDisk();
  const files = new AuditFiles(disk, '/data');
  const random = seededRandom(3);
  const all = Array.from({ length: 300 }, (_, i) =>
    entry(i + 1, startMs + Math.floor(i / 3), { subject: 'x'.repeat(Math.floor(random() ** 6 * 150_000)) }),
  );
  for (const each of all) files.add(each);
  files.write();
  const [name] = auditMonths(disk, '/data');
  const path = join('/data/audit', name!);
  const lines = disk.peek(path)!.toString().split('\n');
  for (const bad of [0, 40, 41, 42, 150, 298]) lines[bad] = '{"half';
  disk.spoil(path, Buffer.from(lines.join('\n')));
  const readable = all.filter((_, i) => ![0, 40, 41, 42, 150, 298].includes(i));
  for (const before of all.filter((_, i) => i % 7 === 0)) {
    const older = readable.filter((each) => compareAudit(each, before) < 0).slice(-5);
    const page = readMonth(disk, '/data', name!, { at: before.at, auditId: before.auditId }, 5);
    expect(page.map(({ auditId }) => auditId)).toEqual(older.reverse().map(({ auditId }) => auditId));
  }
});
