import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../support/folder';
import { bundleCli, ended, RealCustomer, runToEnd, startHeadless } from '../support/headless';

let folder = '';
let cli = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-cli-'));
  cli = await bundleCli(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one ready line in JSON; SIGTERM ends it cleanly and gives the folder back', async () => {
  const data = join(temporaryFolder(), 'data');
  const hub = await startHeadless(cli, data);
  expect(hub.output.stdout).toMatch(
    /^\{"ready":true,"agent":"ws:\/\/127\.0\.0\.1:\d+\/ws","customer":"http:\/\/127\.0\.0\.1:\d+\/chat"\}\n$/,
  );
  const closed = ended(hub);
  hub.process.kill('SIGTERM');
  expect(await closed).toBe(0);
  const again = await startHeadless(cli, data);
  again.process.kill('SIGINT');
  expect(await ended(again)).toBe(0);
});

test('add-agent prints a one-time code, while the hub runs and when it does not', async () => {
  const data = join(temporaryFolder(), 'data');
  const hub = await startHeadless(cli, data);
  const running = await runToEnd(cli, ['add-agent', 'Mei Chen', '--data', data]);
  expect([running.code, running.stdout]).toEqual([0, expect.stringMatching(/^.{4}-.{4}-.{4}\n$/)]);
  expect(hub.output.stderr).not.toContain(running.stdout.trim());
  hub.process.kill('SIGTERM');
  await ended(hub);
  const stopped = await runToEnd(cli, ['add-agent', 'Mei Chen', '--data', data, '--json']);
  expect(JSON.parse(stopped.stdout)).toMatchObject({ agentId: expect.any(String), code: expect.any(String) });
  const first = await runToEnd(cli, ['add-agent', 'mei chen', '--data', data, '--json']);
  expect(JSON.parse(first.stdout).agentId).toBe(JSON.parse(stopped.stdout).agentId);
});

test('what cannot start says why in a sentence, each with its exit code', async () => {
  const data = join(temporaryFolder(), 'data');
  const hub = await startHeadless(cli, data);
  const port = new URL(hub.ready.agent).port;
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const fresh = () => join(temporaryFolder(), 'data');
  const secret = { FOYER_PASSPHRASE: 'correct horse' };
  const missing = join(temporaryFolder(), 'mistyped', 'data');
  const noFolder = /^There is no data folder .*mistyped/;
  const cases: [string[], Record<string, string>, number, RegExp][] = [
    [['verify', '--data', missing], {}, 2, noFolder],
    [['backup', '--plain', '--data', missing], {}, 2, noFolder],
    [['rotate-key', '--data', missing], {}, 2, noFolder],
    [['reset-passphrase', '--data', missing], secret, 2, noFolder],
    [['recover', 'cut', '--data', missing], {}, 2, noFolder],
    [['add-agent', 'Mei Chen', '--data', missing], {}, 2, noFolder],
    [['add-agent', 'Mei Chen', '--data', missing], { FOYER_PASSPHRASE: 'short' }, 7, /at least 12/],
    [['--data', missing], {}, 6, /FOYER_PASSPHRASE/],
    [['--data', missing], { FOYER_PASSPHRASE: 'short' }, 7, /at least 12/],
    [['rotate-key', '--data', data], {}, 1, /^That did not work: other machines do not reach this hub.*--lan/],
    [['--prot', '1'], {}, 2, /--help/],
    [['--port', 'many'], {}, 2, /number from 0 to 65535/],
    [['serve'], {}, 2, /no command "serve"/],
    [['add-agent'], {}, 2, /Type one name/],
    [['--data', fresh(), '--port', port], secret, 3, new RegExp(`Port ${port}`)],
    [['--data', file, '--port', '0'], secret, 4, /can't be written to/],
    [['--data', data, '--port', '0'], {}, 5, new RegExp(`process ${hub.process.pid}`)],
    [['--data', fresh(), '--port', '0'], {}, 6, /FOYER_PASSPHRASE/],
    [['--data', fresh(), '--port', '0'], { FOYER_PASSPHRASE: 'short' }, 7, /at least 12/],
    [['--data', fresh(), '--host', '0.0.0.0'], secret, 8, /127\.0\.0\.1/],
  ];
  const results = await Promise.all(cases.map(([args, env]) => runToEnd(cli, args, env)));
  results.forEach((result, index) => {
    const [args, , code, words] = cases[index]!;
    expect([args, result.code, result.stdout]).toEqual([args, code, '']);
    expect(result.stderr).toMatch(words);
    expect(result.stderr).not.toMatch(/^\s+at /m);
  });
  expect(existsSync(missing)).toBe(false);
  const help = await runToEnd(cli, ['--help']);
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('add-agent NAME --data DIR')]);
  // A dozen processes, on a machine that may be busy.
}, 60_000);

test('killed with SIGKILL under a writer: every acknowledged message is there again, once, and the folder verifies', async () => {
  const data = join(temporaryFolder(), 'data');
  let token: string | null = null;
  let n = 0;
  const acknowledged = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    const hub = await startHeadless(cli, data);
    const mei: RealCustomer = new RealCustomer(hub.ready.customer, token);
    const welcome = await mei.until((frame) => frame.type === 'welcome');
    await mei.until((frame) => frame.type === 'caughtUp');
    token = (welcome.token as string | null) ?? token;
    n = welcome.lastN as number;
    const seen = mei.frames.flatMap((frame) =>
      frame.name === 'conversation.history' ? (frame.messages as { text: string }[]) : [],
    );
    const texts = seen.map((message) => message.text).filter((text) => text !== '');
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
    expect([...acknowledged].filter((text) => !texts.includes(text))).toEqual([]);
    const say = (body: object) => mei.send({ type: 'command', cid: `c${++n}`, n, ...body });
    if (round === 0) say({ op: 'conversation.open', name: 'Mei' });
    for (let index = 0; index < 15; index += 1) say({ op: 'message.send', text: `m${n + 1}` });
    // The text of the message sent as number n is `m<n>`.
    const firstAck = await mei.until((frame) => frame.type === 'ack');
    expect(firstAck).toBeDefined();
    const closed = ended(hub);
    hub.process.kill('SIGKILL');
    await closed;
    for (const frame of mei.frames)
      if (frame.type === 'ack' && frame.cid !== 'c1') acknowledged.add(`m${(frame.cid as string).slice(1)}`);
    mei.close();
  }
  expect(acknowledged.size).toBeGreaterThan(0);
  const verified = await runToEnd(cli, ['verify', '--data', data]);
  expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('journal: 1 segment,')]);
});

test('a backup of a running hub, restored elsewhere; damaged, newer and bad data end with a reason and a code of their own', async () => {
  const data = join(temporaryFolder(), 'data');
  const hub = await startHeadless(cli, data);
  expect(await runToEnd(cli, ['backup', '--data', data])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--plain'),
  });
  const running = await runToEnd(cli, ['backup', '--plain', '--data', data]);
  expect([running.code, running.stdout]).toEqual([0, expect.stringMatching(/backups.foyer-[\dT-]+Z\.tar\.gz\n$/)]);
  const backup = running.stdout.trim();
  const closed = ended(hub);
  hub.process.kill('SIGKILL');
  await closed;
  const elsewhere = join(temporaryFolder(), 'data');
  expect(await runToEnd(cli, ['restore', backup, '--data', elsewhere])).toMatchObject({
    code: 0,
    stdout: `${elsewhere} holds the backup now.\n`,
  });
  expect(await runToEnd(cli, ['verify', '--data', elsewhere])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^journal: 1 segment, no record after number \d+\n1 snapshot: /),
  });
  expect((await runToEnd(cli, ['rotate-key', 'finish', '--data', elsewhere])).stderr).toMatch(/no next key yet/);
  expect(await runToEnd(cli, ['restore', join(data, 'config.json'), '--data', elsewhere])).toMatchObject({
    code: 11,
    stderr: expect.stringContaining('not a backup'),
  });

  // Damage before what the last saved state holds needs no choice; behind it, it does.
  const journal = join(data, 'journal', '000001.jsonl');
  const lines = readFileSync(journal, 'utf8').split('\n');
  writeFileSync(journal, [lines[0], lines[1]!.replace('"at"', '"aT"'), ...lines.slice(2)].join('\n'));
  for (const name of readdirSync(data)) if (name.startsWith('state.json')) unlinkSync(join(data, name));
  const refused = await runToEnd(cli, ['--data', data, '--port', '0', '--customer-port', '0']);
  expect(refused).toMatchObject({
    code: 9,
    stderr: expect.stringMatching(/000001\.jsonl is damaged in line 2.*backup/),
  });
  expect(await runToEnd(cli, ['verify', '--data', data])).toMatchObject({ code: 9 });
  expect(await runToEnd(cli, ['restore', backup, '--data', data])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`is in ${data}/quarantine`),
  });
  expect(await runToEnd(cli, ['verify', '--data', data])).toMatchObject({ code: 0 });

  const identity = join(data, 'hub.json');
  writeFileSync(identity, readFileSync(identity, 'utf8').replace(/"format":\d+/, '"format":99'));
  expect(await runToEnd(cli, ['--data', data, '--port', '0', '--customer-port', '0'])).toMatchObject({
    code: 10,
    stderr: expect.stringContaining('99'),
  });
}, 60_000);

test('however many sockets customers open, agents come in and a backup is made', async () => {
  const data = join(temporaryFolder(), 'data');
  const hub = await startHeadless(cli, data, 500);
  const port = Number(new URL(hub.ready.customer).port);
  const sockets = Array.from({ length: 600 }, (_, count) =>
    connect({ port, host: '127.0.0.1', localAddress: `127.0.1.${1 + (count % 4)}` }).on('error', () => undefined),
  );
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(
    sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))),
  );
  const open = () => sockets.filter((socket) => !socket.closed).length;
  // 256 are kept for the rest of the hub.
  await vi.waitFor(() => expect(open()).toBeLessThanOrEqual(500 - 256), { timeout: 30_000 });
  expect((await runToEnd(cli, ['add-agent', 'Mei Chen', '--data', data])).code).toBe(0);
  const backup = await runToEnd(cli, ['backup', '--plain', '--data', data]);
  expect([backup.code, backup.stderr]).toEqual([0, '']);
}, 60_000);
