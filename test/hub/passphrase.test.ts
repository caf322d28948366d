import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { resetPassphrase } from '../../main/hub/cli/passphrase';
import { hashPassphrase } from '../../main/hub/entrance/passphrase';
import { PassphraseQueue } from '../../main/hub/entrance/passphrase-queue';
import { ownMachine } from '../../main/hub/entrance/wrong-tries';
import { configFromJson, configJson, configToJson, emptyConfig } from '../../main/hub/state/config';
import { upgradeConfig } from '../../main/hub/store/upgrade/config';
import { openSystemClock } from '../../main/hub/system/system-clock';
import { passphraseProblem } from '../../shared/passphrase';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { passphrase, seededBytes, TestHub } from '../support/hub';
import { openRealHub } from '../support/real-hub';

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

test('guessing the old one is slowed down for that supervisor alone, and never for ever', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  for (let tries = 0; tries < 3; tries += 1) await change(office, sam, { old: 'a guess of mine', new: better });
  expect(await change(office, sam, { old: passphrase, new: better })).toMatchObject({
    code: 'tooManyTries',
    now: { retryAfterMs: expect.any(Number) },
  });
  office.advance(60_000);
  expect(await change(office, sam, { old: passphrase, new: better })).toMatchObject({ type: 'ack' });
  for (let tries = 0; tries < 4; tries += 1) await change(office, sam, { old: 'a guess of mine', new: better });
  const again = await office.agentWith({ kind: 'passphrase', passphrase: better }, 'd');
  expect(again.welcome.role).toBe('supervisor');
});

test('a lost one is set anew by whoever owns the data folder, with the hub running or not', async () => {
  const folder = temporaryFolder();
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ports = { clock: openSystemClock(), randomBytes: seededBytes(5), log: silent, startWriter: inProcessWriter() };
  const open = () => openRealHub(folder, ports);
  const kept = () => JSON.parse(readFileSync(`${folder}/config.json`, 'utf8')).config.passphrases[0].hash;
  const first = await open();
  await vi.waitFor(() => expect(kept()).toBeTruthy());
  const atFirst = kept();
  // The first is in the app that hosts the hub.
  await first.resetPassphrase('one of the app itself');
  await vi.waitFor(() => expect(kept()).not.toBe(atFirst));
  const ofTheApp = kept();
  expect(await first.resetPassphrase('short')).toMatchObject({ code: 'passphraseTooShort' });
  await resetPassphrase(folder, better, undefined, ports);
  await vi.waitFor(() => expect(kept()).not.toBe(ofTheApp));
  const second = kept();
  await first.stop();
  await resetPassphrase(folder, 'and yet another one', 'sam', ports);
  expect(kept()).not.toBe(second);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const texts = files.map((each) => readFileSync(join(each.parentPath, each.name), 'utf8')).join('\n');
  const journal = readdirSync(join(folder, 'journal')).map((name) =>
    readFileSync(join(folder, 'journal', name), 'utf8'),
  );
  const noted = journal.join('').match(/"by":\{"kind":"local"\},"action":"passphrase.reset","subject":"Sam"/g);
  expect(noted).toHaveLength(3);
  expect(texts).not.toMatch(/one of the app|a better one|yet another/);
  await expect(resetPassphrase(folder, 'short', undefined, ports)).rejects.toMatchObject({
    code: 'passphraseTooShort',
  });
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

const byPassphrase = (typed: string, name?: string) => ({
  kind: 'passphrase',
  passphrase: typed,
  ...(name === undefined ? {} : { name }),
});
let devices = 0;
const codeOf = async (office: TestHub, auth: object, address?: string) =>
  (await office.agentWith(auth, `device-${++devices}`, address)).answer('hello').code ?? 'in';

test('a passphrase ends with its account: removed, made an agent or signed out everywhere, nobody comes in by it', async () => {
  for (const end of ['agent.remove', 'agent.put', 'agent.revoke']) {
    const office = await TestHub.start();
    const lea = await office.agent('Lea', { role: 'supervisor' });
    expect(lea.events('passphrase.changed').at(-1)).toMatchObject({ own: 'none', office: true });
    const agentId = office.agentId('Sam');
    const put = { name: 'Sam', role: 'agent', capacity: 1, groups: [] };
    expect(lea.command({ op: end, agentId, ...(end === 'agent.put' ? put : {}) })).toMatchObject({ type: 'ack' });
    expect(await codeOf(office, byPassphrase(passphrase)), end).toBe('wrongPassphrase');
    expect(await codeOf(office, byPassphrase(passphrase, 'Lea')), end).toBe('wrongPassphrase');
    // The remaining supervisors are asked for one, also after a restart.
    expect(lea.events('passphrase.changed').at(-1)).toMatchObject({ own: 'none', office: false });
    const next = await office.restart();
    expect(await codeOf(next, byPassphrase(passphrase)), end).toBe('wrongPassphrase');
    const back = await next.agentWith({ kind: 'token', token: lea.welcome.token }, 'device-Lea');
    expect(back.events('passphrase.changed').at(-1)).toMatchObject({ own: 'none', office: false });
    expect(await change(next, back, { new: better })).toMatchObject({ type: 'ack' });
    expect(back.events('passphrase.changed').at(-1)).toMatchObject({ own: 'set', office: true });
    expect(await codeOf(next, byPassphrase(better)), end).toBe('in');
  }
});

test('each supervisor has one of their own, and says whose it is where there are several', async () => {
  const office = await TestHub.start();
  const lea = await office.agent('Lea', { role: 'supervisor' });
  await change(office, lea, { new: better });
  expect(await codeOf(office, byPassphrase(passphrase))).toBe('nameNeeded');
  expect(await codeOf(office, byPassphrase(passphrase, 'Lea'))).toBe('wrongPassphrase');
  expect(await codeOf(office, byPassphrase(passphrase, 'Nobody'))).toBe('wrongPassphrase');
  const in1 = await office.agentWith(byPassphrase(better, ' lea'), 'd1');
  const in2 = await office.agentWith(byPassphrase(passphrase, 'SAM'), 'd2');
  expect([in1, in2].map((client) => client.welcome.agentId)).toEqual([office.agentId('Lea'), office.agentId('Sam')]);
});

test('from another machine it waits for a supervisor’s word, and the log says from where it came', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const lea = await office.agent('Lea', { role: 'supervisor' });
  const elsewhere = await office.agentWith(byPassphrase(passphrase), 'far', '192.0.2.7');
  expect(elsewhere.frames).toEqual([{ type: 'joinWaiting' }]);
  const [{ joinId, address, agentId }] = lea.events('joins.changed').at(-1).joins;
  expect([address, agentId]).toEqual(['192.0.2.7', office.agentId('Sam')]);
  lea.command({ op: 'join.answer', joinId, accept: true });
  await vi.waitFor(() => {
    office.flush();
    expect(elsewhere.welcome.role ?? elsewhere.frames.find(({ type }) => type === 'welcome')?.role).toBe('supervisor');
  });
  expect(sam.closed).toBe('takenOver');
  const { entries } = (await lea.asked({ op: 'audit.list', before: null, length: 1 })).result;
  expect(entries[0]).toMatchObject({
    action: 'device.added',
    by: { name: 'Sam' },
    changes: [
      { field: 'address', after: '192.0.2.7' },
      { field: 'signIn', after: 'passphrase' },
    ],
  });
  const late = await office.agentWith(byPassphrase(passphrase), 'later', '192.0.2.7');
  office.advance(600_000);
  await vi.waitFor(() => expect(late.answer('hello').code).toBe('joinDeclined'));
});

test('guesses from other machines keep nobody else out: not this machine, and not their neighbours', async () => {
  const office = await TestHub.start();
  const attackers = ['192.0.2.1', '2001:db8:0:1::5', '2001:db8:0:1:ffff::6'];
  for (let turn = 0; turn < 4; turn += 1)
    for (const address of attackers) await codeOf(office, byPassphrase('not it at all'), address);
  expect(await codeOf(office, byPassphrase(passphrase), '2001:db8:0:1::7')).toBe('tooManyTries');
  const neighbour = await office.agentWith(byPassphrase(passphrase), 'near', '2001:db8:0:2::5');
  expect(neighbour.frames).toEqual([{ type: 'joinWaiting' }]);
  expect(await codeOf(office, byPassphrase(passphrase))).toBe('in');
});

test('who fills the queue of passphrases fills it for themselves', async () => {
  const queue = new PassphraseQueue({ perKeyMax: 2, keysMax: 2 });
  const done: string[] = [];
  const outcomes = ['a', 'a', 'a', 'a', 'b', 'c', ownMachine].map((key, index) =>
    queue.inTurn(key, async () => {
      done.push(`${key}${index}`);
    }),
  );
  expect(await Promise.all(outcomes)).toEqual([undefined, undefined, undefined, 'full', undefined, 'busy', undefined]);
  // The first began at once; then this machine, and the others by turns.
  expect(done).toEqual(['a0', 'own6', 'a1', 'b4', 'a2']);
});

test('a queue that is stopped checks none of those that wait', async () => {
  const queue = new PassphraseQueue({ perKeyMax: 2, keysMax: 2 });
  const done: string[] = [];
  const outcomes = ['a', 'a', 'b'].map((key) => queue.inTurn(key, async () => void done.push(key)));
  queue.stop();
  expect(await Promise.all(outcomes)).toEqual([undefined, 'busy', 'busy']);
  expect(done).toEqual(['a']);
});

test('a passphrase of older rules goes on and is asked to be set anew; one of nobody’s is gone', async () => {
  const hashed = await hashPassphrase(passphrase, seededBytes(3), 16);
  const account = { agentId: 'agent-sam', name: 'Sam', role: 'supervisor' as const, capacity: 1, groups: [] };
  const { passphrases: _new, ...older } = configToJson(emptyConfig());
  const read = (agentId: string) =>
    configFromJson(
      configJson.parse(upgradeConfig({ ...older, accounts: [account], passphrase: { agentId, ...hashed } })),
    ).passphrases;
  expect([...read('agent-sam').values()]).toEqual([{ agentId: 'agent-sam', ...hashed }]);
  expect(read('agent-gone').size).toBe(0);
  const office = await TestHub.start();
  const { config } = office.hub.state;
  const agentId = office.agentId('Sam');
  config.passphrases.set(agentId, { agentId, ...hashed });
  expect((await office.supervisor()).events('passphrase.changed').at(-1)).toMatchObject({ own: 'short' });
});

test('whoever owns the hub’s machine says whose is set anew, where there are several supervisors', async () => {
  const office = await TestHub.start();
  const { passphrases } = office.hub.entrance;
  const codeOfReset = async (name?: string) => (await passphrases.reset(better, name))?.code ?? 'set';
  // Sam has the only one.
  const lea = await office.agent('Lea', { role: 'supervisor' });
  expect(await codeOfReset()).toBe('set');
  lea.command({ op: 'agent.revoke', agentId: office.agentId('Sam') });
  expect([await codeOfReset(), await codeOfReset('Ben'), await codeOfReset('lea')]).toEqual([
    'nameNeeded',
    'unknownAgent',
    'set',
  ]);
  office.flush();
  expect(await codeOf(office, byPassphrase(better))).toBe('in');
  expect((await passphrases.reset('password1234', undefined))?.code).toBe('passphraseCommon');
});

test.each([
  ['eleven char', 'passphraseTooShort'],
  ['Password1234', 'passphraseCommon'],
  ['P4ssw0rd!!2026', 'passphraseCommon'],
  ['correct horse battery staple', 'passphraseCommon'],
  ['Summer-Winter-2026', 'passphraseCommon'],
  ['qwertyuiop123', 'passphraseCommon'],
  ['202611302026', 'passphraseCommon'],
  ['abababababab', 'passphraseCommon'],
  ['aaaaaaaaaaaaaaaa', 'passphraseCommon'],
  ['four walls and a lamp', null],
  ['一只蓝色的鸟飞过了那座老城', null],
  ['9f86d081884c7d659a2f', null],
])('%s: %s', (typed, problem) => {
  expect(passphraseProblem(typed)).toBe(problem);
});
