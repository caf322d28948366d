import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSystemClock } from '../../main/hub/system/system-clock';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { passphrase, seededBytes } from '../support/hub';
import { openRealHub } from '../support/real-hub';

/** The client as a stranger gets it: packed, installed without a network, type-checked, and talking to a real hub. */

const root = join(__dirname, '..', '..');
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A supervisor's program: makes an assistant for the first group and prints its token. */
const supervisor = `
import { type AgentWire, connect } from '@foyer/client';
const [url = '', passphrase = ''] = process.argv.slice(2);
let groupId = '';
const connection = connect<AgentWire>({
  url,
  deviceId: 'sam',
  hello: () => ({ role: 'agent', auth: { kind: 'passphrase', passphrase }, deviceLabel: 'program' }),
  on: {
    event(event) {
      if (event.name === 'group.changed') groupId = event.group.groupId;
      // @ts-expect-error: an agent is told nothing of this name
      if (event.name === 'erased') throw new Error();
    },
    async caughtUp() {
      const made = await connection.send({ op: 'assistant.put', name: 'Fern', groupIds: [groupId] }).answer;
      if (!made.ok || !made.result) throw new Error(JSON.stringify(made));
      const { assistantId } = made.result;
      const token = await connection.send({ op: 'assistant.token', assistantId }).answer;
      // @ts-expect-error: a command without its fields
      connection.send({ op: 'assistant.token' });
      console.log(token.ok ? token.result?.token : token.code);
      connection.stop();
    },
  },
});
`;

/** The first example of a paper. */
function exampleIn(paper: string): string {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, paper), 'utf8')) ?? [];
  return code ?? expect.fail(`no example in ${paper}`);
}

const programs = {
  'supervisor.ts': supervisor,
  'customer.ts': exampleIn('shared/client/README.md'),
  'assistant.ts': exampleIn('docs/assistant.md'),
};

/** Its output; throws with that when it fails. */
function run(cwd: string, command: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** A folder with the packed client installed in it, and the programs, compiled. */
function installed(): string {
  const [built, place] = [temporaryFolder(), temporaryFolder()];
  const script = `import { buildClient } from './scripts/lib/client-package.mjs'; await buildClient(${JSON.stringify(built)});`;
  run(root, process.execPath, ['--input-type=module', '--eval', script]);
  const packed = run(place, 'npm', ['pack', '--silent', built]).trim();
  writeFileSync(join(place, 'package.json'), '{ "name": "program", "private": true, "type": "module" }');
  run(place, 'npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed}`]);
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(place, name), text);
  const compilerOptions = {
    ...{ target: 'es2022', module: 'nodenext', strict: true, noUncheckedIndexedAccess: true },
    ...{ exactOptionalPropertyTypes: true, outDir: 'js', rootDir: '.' },
    ...{ typeRoots: [join(root, 'node_modules', '@types')], types: ['node'] },
  };
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  run(place, process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', place]);
  return place;
}

/** One of the compiled programs, running. */
function start(place: string, name: string, args: string[], env: Record<string, string> = {}) {
  // Node 20 has its WebSocket behind this; newer ones ignore it.
  const command = ['--no-warnings', '--experimental-websocket', join(place, 'js', `${name}.js`), ...args];
  const child = spawn(process.execPath, command, { env: { PATH: process.env.PATH, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  let look = () => {};
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
      look();
    });
  /** Resolves with its output once that has this. */
  const said = (wanted: RegExp) =>
    new Promise<string>((resolve, reject) => {
      look = () => {
        if (wanted.test(output)) resolve(output);
      };
      child.once('close', () => reject(new Error(`${name} ended: ${output}`)));
      look();
    });
  return { child, said };
}

test('the published client is all that programs need, is typed for them, and holds a conversation with a real hub', async () => {
  const place = installed();
  const modules = join(place, 'node_modules');
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const paths = files.map(({ parentPath, name }) => relative(modules, join(parentPath, name)));
  const wanted = /^@foyer\/client\/(index\.js|package\.json|README\.md|LICENSE|types\/.*\.d\.ts)$/;
  expect(paths.filter((each) => !wanted.test(each))).toEqual(['.package-lock.json']);
  for (const each of paths.filter((path) => /\.(js|d\.ts)$/.test(path)))
    expect(readFileSync(join(modules, each), 'utf8')).not.toMatch(/(from|import\()\s*['"](?!\.)/);

  const ports = { clock: openSystemClock(), randomBytes: seededBytes(5), log: silent, startWriter: inProcessWriter() };
  const hub = await openRealHub(temporaryFolder(), ports);
  onTestFinished(() => hub.stop());
  const customers = hub.customerUrl.replace('http:', 'ws:').replace('/chat', '/ws');
  const token = (await start(place, 'supervisor', [hub.agentUrl, passphrase]).said(/\S{20,}/)).trim();
  const assistant = start(place, 'assistant', [], { FOYER_HUB: hub.agentUrl, FOYER_ASSISTANT_TOKEN: token });
  await assistant.said(/^up$/m);
  const asks = (question: string) => start(place, 'customer', [customers, question]);
  await asks('What are your hours?').said(/^Fern: We are open Monday to Friday from 9 to 18\.$/m);
  await asks('My chair is broken').said(/^\(handedOver\)$/m);
  assistant.child.kill('SIGKILL');
  await asks('What are your hours?').said(/^\(queued\)$/m);
}, 240_000);
