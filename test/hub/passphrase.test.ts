import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { resetPassphrase } from '../../main/hub/cli-passphrase';
import { openHub } from '../../main/hub/open-hub';
import { openSystemClock } from '../../main/hub/system-clock';
import type { AuditEntry } from '../../shared/protocol/audit';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { passphrase, seededBytes, TestHub } from '../support/hub';

const better = 'a better one than that';

async function change(office: TestHub, client: Awaited<ReturnType<TestHub['supervisor']>>, body: object) {
  const { cid } = client.post({ op: 'passphrase.change', ...body });
  return vi.waitFor(() => {
    office.flush();
    const answer = client.answer(cid);
    if (answer.type === 'none') throw new Error('no answer yet');
    return answer;
  });
}

test('a supervisor changes the passphrase with the old one; the new one holds, after a restart too', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  expect(await change(office, sam, { old: 'not it at all', new: better })).toMatchObject({ code: 'wrongPassphrase' });
  expect(await change(office, sam, { old: passphrase, new: 'short' })).toMatchObject({ code: 'passphraseTooShort' });
  expect(await change(office, sam, { old: passphrase, new: better })).toMatchObject({ type: 'ack' });
  expect(await change(office, sam, { old: passphrase, new: better })).toMatchObject({ code: 'wrongPassphrase' });
  expect(JSON.stringify(office.store.disk.lines)).not.toMatch(new RegExp(`${passphrase}|${better}`));
});

test('guessing is slowed down from many addresses and by changing, and never for ever', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  for (let tries = 0; tries < 3; tries += 1) await change(office, sam, { old: 'a guess of mine', new: better });
  expect(await change(office, sam, { old: passphrase, new: better })).toMatchObject({
    code: 'tooManyTries',
    now: { retryAfterMs: expect.any(Number) },
  });
  const elsewhere = await office.agentWith({ kind: 'passphrase', passphrase }, 'd', '192.0.2.77');
  expect(elsewhere.frames.at(-1)).toMatchObject({ code: 'tooManyTries' });
  office.advance(60_000);
  expect(await change(office, sam, { old: passphrase, new: better })).toMatchObject({ type: 'ack' });
});

test('a lost one is set anew by whoever owns the data folder, with the hub running or not', async () => {
  const folder = temporaryFolder();
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ports = { clock: openSystemClock(), randomBytes: seededBytes(5), log: silent, startWriter: inProcessWriter() };
  const open = () =>
    openHub(
      {
        dataFolder: folder,
        host: '127.0.0.1',
        agentPort: 0,
        customerPort: 0,
        lan: null,
        pages: { workstation: folder, customer: folder },
        setup: { officeName: 'Test', supervisorName: 'Sam', passphrase },
        sample: false,
      },
      ports,
      { scryptCost: 16 },
    );
  const kept = () => JSON.parse(readFileSync(`${folder}/config.json`, 'utf8')).config.passphrase.hash;
  const first = await open();
  await vi.waitFor(() => expect(kept()).toBeTruthy());
  const atFirst = kept();
  // The first is in the app that hosts the hub.
  await first.resetPassphrase('one of the app itself');
  await vi.waitFor(() => expect(kept()).not.toBe(atFirst));
  const ofTheApp = kept();
  await expect(first.resetPassphrase('short')).rejects.toThrow('at least 8 characters');
  await resetPassphrase(folder, better, ports);
  await vi.waitFor(() => expect(kept()).not.toBe(ofTheApp));
  const second = kept();
  await first.stop();
  await resetPassphrase(folder, 'and yet another one', ports);
  expect(kept()).not.toBe(second);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const texts = files.map((each) => readFileSync(join(each.parentPath, each.name), 'utf8')).join('\n');
  const saved = JSON.parse(readFileSync(`${folder}/state.json`, 'utf8'));
  const actions = saved.state.state.audit.map(({ by, action }: AuditEntry) => [by.kind, action]);
  expect(actions).toEqual(Array(3).fill(['local', 'passphrase.reset']));
  expect(texts).not.toMatch(/one of the app|a better one|yet another/);
  await expect(resetPassphrase(folder, 'short', ports)).rejects.toMatchObject({ code: 'passphraseTooShort' });
});

test('guesses that come at the same time are slowed down as those one after another are', async () => {
  const office = await TestHub.start();
  const guesses = Array.from({ length: 7 }, (_, index) => ({ kind: 'passphrase', passphrase: `wrong one ${index}` }));
  const auths = [...guesses, { kind: 'passphrase', passphrase }];
  const clients = await Promise.all(auths.map((auth, index) => office.agentWith(auth, `device-${index}`, '192.0.2.9')));
  const codes = clients.map((client) => client.answer('hello').code);
  expect(codes.filter((code) => code === 'wrongPassphrase')).toHaveLength(3);
  expect(codes.filter((code) => code === 'tooManyTries')).toHaveLength(5);
});
