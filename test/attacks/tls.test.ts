import { expect, onTestFinished, test } from 'vitest';
import { pairWith } from '../../main/desktop/pair';
import type { HubLimits } from '../../main/hub/limits';
import { openHub } from '../../main/hub/open-hub';
import type { RunningHub } from '../../main/hub/running-hub';
import { closeCodes } from '../../shared/protocol/close-codes';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { passphrase, seededBytes } from '../support/hub';
import { unlimited } from '../support/unlimited';
import { malformedCloseCodes, sendMalformed } from './malformed';
import { RawLine } from './raw-line';
import { agent, speak } from './speak';

const scryptCost = 16;

/** A hub that other machines reach over TLS; an invitation shows that it still serves. */
async function openToOthers(limits: Partial<HubLimits> = {}) {
  const log: string[] = [];
  const entry = (event: string, detail?: object) => void log.push(`${event} ${JSON.stringify(detail ?? {})}`);
  const clock = createHandClock(1_800_000_000_000);
  const folder = temporaryFolder();
  const hub = await openHub(
    {
      dataFolder: folder,
      host: '127.0.0.1',
      agentPort: 0,
      customerPort: 0,
      lan: { host: '127.0.0.1', port: 0, advertise: () => () => undefined },
      pages: { workstation: folder, customer: folder },
      setup: { officeName: 'Test', supervisorName: 'Sam', passphrase },
      sample: false,
    },
    {
      clock,
      randomBytes: seededBytes(5),
      log: { info: entry, warn: entry, error: entry },
      startWriter: inProcessWriter(),
    },
    { scryptCost, ...limits },
  );
  onTestFinished(() => hub.stop());
  const address = hub.lan!.addresses[0]!;
  return { hub, log, clock, address, port: Number(address.split(':')[1]) };
}

/** Asks for a code by its id over a new line. */
async function askFor(port: number, codeId: string, from: string) {
  const line = await RawLine.open(port, from, RawLine.secure);
  line.text(JSON.stringify({ type: 'pair', codeId }));
  await line.until(() => /wrongCode|tooManyTries|proof/.test(line.received.toString()));
  const [answer] = /wrongCode|tooManyTries|proof/.exec(line.received.toString())!;
  line.end();
  return answer;
}

/** Creates a code as a supervisor does in the app. */
async function codeOf({ agentUrl }: RunningHub): Promise<string> {
  const sam = await speak(agentUrl, agent({ kind: 'passphrase', passphrase }, 'sams-device'));
  const { agentId } = await sam.until(({ type }) => type === 'welcome');
  return (await sam.command({ op: 'agent.code', agentId })).result.code;
}

const count = 500;

test(`${count} malformed frames over TLS: each closes its line with a name, and nobody has to wait for it`, async () => {
  const { port, hub } = await openToOthers(unlimited);
  const codes = await sendMalformed(port, count, 2, RawLine.secure);
  expect([...codes.keys()].sort()).toEqual(malformedCloseCodes);
  expect([...codes.values()].reduce((sum, each) => sum + each, 0)).toBe(count);
  expect(hub.others()).toEqual({ colleagues: 0, customers: 0 });
  expect(await askFor(port, 'AAAA', '127.0.0.1')).toBe('wrongCode');
}, 60_000);

test('handshakes of TLS that never end are ended by the hub, and others get in meanwhile', async () => {
  const { port } = await openToOthers({ handshakeTimeoutMs: 200 });
  const slow: RawLine[] = [];
  for (const begun of ['', '\x16\x03\x01', 'GET / HTTP/1.1\r\n']) {
    for (let index = 0; index < 20; index += 1) {
      const line = await RawLine.connect(port, '127.0.0.7');
      if (begun !== '') line.socket.write(Buffer.from(begun, 'latin1'));
      slow.push(line);
    }
  }
  expect(await askFor(port, 'AAAA', '127.0.0.1')).toBe('wrongCode');
  await Promise.all(slow.map((line) => line.status()));
  // After the handshake a request's head has the same time limit, but gets an answer.
  const half = await RawLine.secure(port, '127.0.0.7');
  half.socket.write('GET /ws HTTP/1.1\r\nHo');
  expect(await half.status()).toBe(408);
});

test('who has shaken hands and says nothing is closed, by name', async () => {
  const { port, clock } = await openToOthers();
  const line = await RawLine.open(port, undefined, RawLine.secure);
  clock.advance(5_000);
  expect(await line.closeCode()).toBe(closeCodes.helloTimeout);
});

test('a flood of guessed names of codes is slowed down by address, and voids nobody’s code', async () => {
  const { hub, port, clock, address, log } = await openToOthers();
  const code = await codeOf(hub);
  const answers: string[] = [];
  for (let guess = 0; guess < 100; guess += 1)
    answers.push(await askFor(port, guess.toString(32).toUpperCase().padStart(4, 'A'), '127.0.0.9'));
  expect(answers.slice(0, 3)).toEqual(Array(3).fill('wrongCode'));
  expect(new Set(answers.slice(3))).toEqual(new Set(['tooManyTries']));
  const [codeId] = code.split('-') as [string];
  expect(await askFor(port, codeId, '127.0.0.9')).toBe('tooManyTries');
  expect(await pairWith(address, code, scryptCost)).toMatchObject({ ok: true });
  clock.advance(60_000);
  expect(await askFor(port, 'ZZZZ', '127.0.0.9')).toBe('wrongCode');
  expect(log.join('\n')).not.toContain(code);
});

test('a second question on one line is none: the line is closed', async () => {
  const { hub, port } = await openToOthers();
  const [codeId] = (await codeOf(hub)).split('-') as [string];
  const line = await RawLine.open(port, undefined, RawLine.secure);
  line.text(JSON.stringify({ type: 'pair', codeId }));
  await line.until(() => line.received.includes('"paired"'));
  line.text(JSON.stringify({ type: 'pair', codeId }));
  expect(await line.closeCode()).toBe(closeCodes.badFrame);
});
