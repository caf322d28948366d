import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { answerTo, noteFor, readAnswers } from '../../examples/assistant/answers';
import known from '../../examples/assistant/answers.json';
import { openSystemClock } from '../../main/hub/system/system-clock';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { RealCustomer } from '../support/headless';
import { passphrase, seededBytes } from '../support/hub';
import { openRealHub } from '../support/real-hub';

const root = join(__dirname, '..', '..');
const answers = readAnswers(JSON.stringify(known));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

test.each([
  ['en', 'What are your opening hours today?', /Monday to Friday/],
  ['en', 'How long does shipping take?', /two to four/],
  ['zh', '请问你们几点开门？', /9:00/],
  ['en', 'My chair is broken', null],
  ['en', 'When do you open, and how long is delivery?', null],
  ['zh', 'When do you open today?', null],
])('answers in %s only what it is sure of: %s', (language, said, wanted) => {
  const answer = answerTo(answers, language, said);
  if (wanted === null) expect(answer).toBeNull();
  else expect(answer).toMatch(wanted);
});

test.each([
  ['My lamp is broken', undefined, 'Asked: My lamp is broken'],
  ['', ['lamp.jpg'], 'Sent “lamp.jpg”'],
  ['It does this', ['a.png', 'b.png'], 'Sent “a.png”, “b.png”. Asked: It does this'],
])('says in its note what was asked and sent: %j %j', (text, names, note) => {
  expect(noteFor({ text, attachments: names?.map((name) => ({ name })) })).toBe(note);
});

/** As `npm run assistant` bundles it. */
async function bundled(): Promise<string> {
  const outDir = join(temporaryFolder(), 'assistant');
  const output = { format: 'es' as const, entryFileNames: '[name].mjs', codeSplitting: false };
  const ssr = 'examples/assistant/cli.ts';
  const options = { ssr, target: 'node20', outDir, copyPublicDir: false, rolldownOptions: { output } };
  await build({ root, configFile: false, logLevel: 'error', ssr: { noExternal: true }, build: options });
  return join(outDir, 'cli.mjs');
}

/** Runs it until it says that it is ready. */
async function running(cli: string, hub: string, token: string): Promise<ChildProcess> {
  const args = [cli, '--hub', hub, '--answers', join(root, 'examples', 'assistant', 'answers.json')];
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, FOYER_ASSISTANT_TOKEN: token } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready')) resolve();
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('close', () => reject(new Error(said)));
  });
  return child;
}

/** What the supervisor does in the settings. */
async function makeToken(agentUrl: string): Promise<string> {
  const socket = new WebSocket(agentUrl);
  const auth = { kind: 'passphrase', passphrase };
  const hello = { type: 'hello', proto: 1, role: 'agent', deviceId: 'sam', deviceLabel: 'Sam', since: null, lastN: 0 };
  let groupId = '';
  const token = await new Promise<string>((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ ...hello, auth })));
    socket.on('error', reject);
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString());
      const ask = (n: number, body: object) =>
        socket.send(JSON.stringify({ type: 'command', cid: `sam-${n}`, n, ...body }));
      if (frame.name === 'group.changed') groupId = frame.group.groupId;
      if (frame.type === 'caughtUp') ask(1, { op: 'assistant.put', name: 'Fern', groupIds: [groupId] });
      if (frame.type === 'refused') reject(new Error(frame.message));
      if (frame.type !== 'ack') return;
      if (frame.cid === 'sam-1') ask(2, { op: 'assistant.token', assistantId: frame.result.assistantId });
      else resolve(frame.result.token);
    });
  });
  socket.close();
  return token;
}

test('the example answers, hands over, and nobody waits for it once it is killed', async () => {
  const ports = { clock: openSystemClock(), randomBytes: seededBytes(5), log: silent, startWriter: inProcessWriter() };
  const hub = await openRealHub(temporaryFolder(), ports);
  onTestFinished(() => hub.stop());
  const { agentUrl } = hub;
  const program = await running(await bundled(), agentUrl, await makeToken(agentUrl));
  // biome-ignore lint/suspicious/noExplicitAny: frames of any kind
  const line = (code: string) => (frame: any) => frame.name === 'message.added' && frame.message.line?.code === code;
  const customer = async (name: string, text: string) => {
    const client = new RealCustomer(hub.customerUrl, null, name);
    onTestFinished(() => client.close());
    await client.until(({ type }) => type === 'caughtUp');
    client.send({ type: 'command', cid: `${name}-1`, n: 1, op: 'conversation.open', name, text });
    return client;
  };

  const mei = await customer('Mei', 'What are your opening hours?');
  // biome-ignore lint/suspicious/noExplicitAny: as above
  await mei.until((frame: any) => frame.name === 'message.added' && frame.message.from.kind === 'assistant');
  const li = await customer('Li', 'My chair is broken');
  await li.until(line('handedOver'));
  program.kill('SIGKILL');
  await mei.until(line('passedBy'));
  const bo = await customer('Bo', 'Hello?');
  await bo.until(line('queued'));
});
