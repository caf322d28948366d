import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer, get } from 'node:https';
import { type AddressInfo, connect as connectPlain, createServer } from 'node:net';
import { join } from 'node:path';
import { connect, createServer as createTlsServer } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createWhereabouts } from '../../main/desktop/find-hubs';
import { createHubFiles } from '../../main/desktop/hub-files';
import { createLine, type LineGuard } from '../../main/desktop/line';
import { pairWith } from '../../main/desktop/pair';
import { connectPinned } from '../../main/desktop/pinned-socket';
import type { KeptProfile, ProfileStore } from '../../main/desktop/profile-store';
import { createTokenGuard } from '../../main/desktop/token-guard';
import { addAgentTo } from '../../main/hub/cli/add-agent';
import { rotateKey } from '../../main/hub/cli/rotate-key';
import type { Discovery } from '../../main/hub/listen/discovery';
import { openHub } from '../../main/hub/open-hub';
import type { HubClock } from '../../main/hub/ports';
import { nodeDisk } from '../../main/hub/store/disk';
import { fingerprintOf, openHubKey } from '../../main/hub/store/hub-key';
import { restoreBackup } from '../../main/hub/store/restore-backup';
import { openSystemClock } from '../../main/hub/system/system-clock';
import { lineUrl } from '../../renderer/workstation/session/line-url';
import { heldToken } from '../../shared/desktop-api';
import { closeCodes } from '../../shared/protocol/close-codes';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { passphrase, seededBytes } from '../support/hub';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const scryptCost = 16;
/** What hubs say of themselves, and how often they fell silent. */
const said: { name: string; port: number; fingerprint: string }[] = [];
let silences = 0;
/** Of a desktop that has joined no hub yet. */
const open: LineGuard = {
  allows: () => true,
  pins: (url) => [/#fp=(.+)$/.exec(url)?.[1] ?? ''],
  outgoing: (_url, frame) => frame,
  incoming: (_url, frame) => frame,
};
const advertise: Discovery['advertise'] = (hub) => {
  said.push(hub);
  return () => {
    silences += 1;
  };
};

async function office(folder = temporaryFolder(), clock: HubClock = openSystemClock()) {
  const hub = await openHub(
    {
      dataFolder: folder,
      host: '127.0.0.1',
      agentPort: 0,
      customerPort: 0,
      lan: { host: '127.0.0.1', port: 0, advertise },
      pages: { workstation: folder, customer: folder },
      setup: { officeName: 'Test', supervisorName: 'Sam', passphrase },
      sample: false,
    },
    { clock, randomBytes: seededBytes(5), log: silent, startWriter: inProcessWriter() },
    { scryptCost },
  );
  let running = true;
  const stop = async () => {
    if (running) await hub.stop();
    running = false;
  };
  onTestFinished(stop);
  return { hub, stop, folder, lan: hub.lan!, address: hub.lan!.addresses[0]! };
}

// biome-ignore lint/suspicious/noExplicitAny: frames of every kind
type Any = any;

/** A client of either listener, which waits for what it wants to see. */
class Client {
  readonly frames: Any[] = [];
  closed: number | null = null;
  private n = 0;

  constructor(private readonly socket: WebSocket) {
    onTestFinished(() => socket.terminate());
    socket.on('message', (data) => this.frames.push(JSON.parse(data.toString())));
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closed = code;
    });
  }

  static async open(url: string, fingerprint?: string): Promise<Client> {
    const pinned = fingerprint === undefined ? {} : { createConnection: connectPinned([fingerprint]) as never };
    const socket = new WebSocket(url, pinned);
    const client = new Client(socket);
    await once(socket, 'open');
    return client;
  }

  hello(auth: object, deviceId: string) {
    const fields = { proto: 1, since: null, lastN: 0, role: 'agent', deviceLabel: `${deviceId} of somebody` };
    this.send({ type: 'hello', ...fields, deviceId, auth });
  }

  send(frame: object) {
    this.socket.send(JSON.stringify(frame));
  }

  until(wanted: (frame: Any) => boolean): Promise<Any> {
    return vi.waitFor(() => {
      const found = this.frames.find(wanted);
      if (!found) throw new Error(`not among ${JSON.stringify(this.frames)}`);
      return found;
    });
  }

  async command(body: object): Promise<Any> {
    this.n += 1;
    const cid = `c${this.n}`;
    this.send({ type: 'command', cid, n: this.n, ...body });
    return this.until((frame) => frame.cid === cid);
  }

  end() {
    this.socket.terminate();
  }
}

async function supervisorOf(agentUrl: string): Promise<Client> {
  const sam = await Client.open(agentUrl);
  sam.hello({ kind: 'passphrase', passphrase }, 'sams-device');
  await sam.until((frame) => frame.type === 'caughtUp');
  return sam;
}

async function invite(sam: Client): Promise<{ code: string; link: string; agentId: string }> {
  const { result } = await sam.command({ op: 'agent.put', name: 'Mei', role: 'agent', capacity: 5, groups: [] });
  const made = await sam.command({ op: 'agent.code', agentId: result.agentId });
  return { ...made.result, agentId: result.agentId };
}

function readLink(link: string) {
  const url = new URL(link.replace(/^foyer:/, 'https:'));
  const given = new URLSearchParams(url.hash.slice(1));
  return { url: `wss://${url.host}/ws`, fingerprint: given.get('fp')!, secret: given.get('k')! };
}

const joinsOf = (client: Client) => client.frames.filter((frame) => frame.name === 'joins.changed').at(-1)?.joins;

test('by the link: pinned, the supervisor sees who and from where, approves, and the link is used up', async () => {
  const { hub, lan } = await office();
  const sam = await supervisorOf(hub.agentUrl);
  const { link, agentId } = await invite(sam);
  const { url, fingerprint, secret } = readLink(link);
  expect(fingerprint).toBe(lan.fingerprint);
  const mei = await Client.open(url, fingerprint);
  mei.hello({ kind: 'link', secret }, 'meis-laptop');
  await mei.until((frame) => frame.type === 'joinWaiting');
  await vi.waitFor(() => expect(joinsOf(sam)).toHaveLength(1));
  const [asked] = joinsOf(sam);
  expect(asked).toMatchObject({ agentId, deviceLabel: 'meis-laptop of somebody', address: '127.0.0.1' });
  expect(mei.frames.map(({ type }) => type)).toEqual(['joinWaiting']);
  expect((await sam.command({ op: 'join.answer', joinId: asked.joinId, accept: true })).type).toBe('ack');
  const welcome = await mei.until((frame) => frame.type === 'welcome');
  expect(welcome).toMatchObject({ agentId, role: 'agent', token: expect.stringMatching(/^[\w-]{43}$/) });
  await vi.waitFor(() => expect(joinsOf(sam)).toEqual([]));
  expect(await sam.command({ op: 'join.answer', joinId: asked.joinId, accept: true })).toMatchObject({
    code: 'joinGone',
  });

  const thief = await Client.open(url, fingerprint);
  thief.hello({ kind: 'link', secret }, 'another');
  expect(await thief.until((frame) => frame.type === 'refused')).toMatchObject({ code: 'wrongLink' });
  await vi.waitFor(() => expect(thief.closed).toBe(closeCodes.signInRefused));

  mei.end();
  const again = await Client.open(url, fingerprint);
  again.hello({ kind: 'token', token: welcome.token }, 'meis-laptop');
  await again.until((frame) => frame.type === 'caughtUp');
  await sam.command({ op: 'agent.revoke', agentId });
  await vi.waitFor(() => expect(again.closed).toBe(closeCodes.tokenRevoked));
});

test('declined, or gone before anybody answered: no token, and the code still works once for who is let in', async () => {
  const { hub } = await office();
  const sam = await supervisorOf(hub.agentUrl);
  const { link } = await invite(sam);
  const { url, fingerprint, secret } = readLink(link);
  const first = await Client.open(url, fingerprint);
  first.hello({ kind: 'link', secret }, 'first');
  await vi.waitFor(() => expect(joinsOf(sam)).toHaveLength(1));
  await sam.command({ op: 'join.answer', joinId: joinsOf(sam)[0].joinId, accept: false });
  expect(await first.until((frame) => frame.type === 'refused')).toMatchObject({ code: 'joinDeclined' });
  const second = await Client.open(url, fingerprint);
  second.hello({ kind: 'link', secret }, 'second');
  await vi.waitFor(() => expect(joinsOf(sam)).toHaveLength(1));
  second.end();
  await vi.waitFor(() => expect(joinsOf(sam)).toEqual([]));
  expect([first, second].flatMap(({ frames }) => frames).filter(({ type }) => type === 'welcome')).toEqual([]);
});

test('who waits until the code has expired is told so, and nobody is asked any more', async () => {
  const clock = createHandClock(Date.UTC(2026, 0, 5, 9));
  const { hub } = await office(undefined, clock);
  const sam = await supervisorOf(hub.agentUrl);
  const { link } = await invite(sam);
  const { url, fingerprint, secret } = readLink(link);
  const mei = await Client.open(url, fingerprint);
  mei.hello({ kind: 'link', secret }, 'meis-laptop');
  await vi.waitFor(() => expect(joinsOf(sam)).toHaveLength(1));
  clock.advance(10 * 60_000);
  expect(await mei.until((frame) => frame.type === 'refused')).toMatchObject({ code: 'codeExpired' });
  await vi.waitFor(() => expect(joinsOf(sam)).toEqual([]));
});

test('by a typed code: the hub proves that it knows it, on this session; a wrong one proves nothing', async () => {
  const { hub, address, lan } = await office();
  const sam = await supervisorOf(hub.agentUrl);
  const { code } = await invite(sam);
  expect(await pairWith(address, code.toLowerCase(), scryptCost)).toEqual({
    ok: true,
    agentUrl: `wss://${address}#fp=${lan.fingerprint}`,
  });
  const last = code.at(-1) === 'A' ? 'B' : 'A';
  expect(await pairWith(address, code.slice(0, -1) + last, scryptCost)).toEqual({ ok: false, reason: 'impostor' });
  const other = code[0] === 'A' ? 'B' : 'A';
  expect(await pairWith(address, other + code.slice(1), scryptCost)).toEqual({ ok: false, reason: 'wrongCode' });
  expect(await pairWith(address, 'short', scryptCost)).toEqual({ ok: false, reason: 'wrongCode' });
  expect(await pairWith('127.0.0.1:1', code, scryptCost)).toEqual({ ok: false, reason: 'unreachable' });

  const mei = await Client.open(`wss://${address}/ws`, lan.fingerprint);
  mei.hello({ kind: 'code', code }, 'meis-laptop');
  await vi.waitFor(() => expect(joinsOf(sam)).toHaveLength(1));
  await sam.command({ op: 'join.answer', joinId: joinsOf(sam)[0].joinId, accept: true });
  await mei.until((frame) => frame.type === 'welcome');
});

test('after too many wrong codes a desktop is told how long to wait', async () => {
  const clock = createHandClock(Date.UTC(2026, 0, 5, 9));
  const { hub, address } = await office(undefined, clock);
  const { code } = await invite(await supervisorOf(hub.agentUrl));
  const wrong = (code[0] === 'A' ? 'B' : 'A') + code.slice(1);
  for (let tries = 0; tries < 4; tries += 1) {
    expect(await pairWith(address, wrong, scryptCost)).toMatchObject({ reason: 'wrongCode' });
    if (tries >= 2) clock.advance(1_000);
  }
  clock.advance(250);
  expect(await pairWith(address, code, scryptCost)).toEqual({ ok: false, reason: 'tooManyTries', retryAfterMs: 750 });
});

/** Listens with a key of its own, and counts what it hears. */
async function impostor(answer: (heard: Buffer) => void) {
  const { key, certificate: cert } = await openHubKey(nodeDisk, temporaryFolder());
  const server = createTlsServer({ key, cert, minVersion: 'TLSv1.3' }, (socket) => {
    socket.on('data', answer);
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const own = fingerprintOf(new X509Certificate(cert).raw);
  return { port: (server.address() as AddressInfo).port, own };
}

test('an impostor at the address of a pinned hub gets no byte, and the desktop says that it is another one', async () => {
  const { lan } = await office();
  let heard = 0;
  const { port, own } = await impostor((data) => {
    heard += data.length;
  });
  const told: [string, Any][] = [];
  const here: Discovery = { advertise, browse: () => () => undefined };
  const tell = ((name: string, payload: Any) => told.push([name, payload])) as never;
  const line = createLine(tell, silent, createWhereabouts(here), open);
  line.open(1, `wss://127.0.0.1:${port}/ws#fp=${lan.fingerprint}`);
  line.send(1, 'hello');
  await vi.waitFor(() => expect(told).toEqual([['line.closed', { line: 1, code: closeCodes.otherHub }]]));
  expect(heard).toBe(0);

  line.open(2, `wss://${lan.addresses[0]}/ws#fp=${lan.fingerprint}`);
  await vi.waitFor(() => expect(told.at(-1)).toEqual(['line.opened', { line: 2 }]));
  // A client pinned to the impostor does talk to it, so the impostor could have received something.
  line.open(3, `wss://127.0.0.1:${port}/ws#fp=${own}`);
  await vi.waitFor(() => expect(heard).toBeGreaterThan(0));
  line.drop();
});

test('files go the same way: to the pinned hub, and no byte to an impostor', async () => {
  const { lan } = await office();
  let heard = 0;
  const { port, own } = await impostor((data) => {
    heard += data.length;
  });
  const files = createHubFiles(createWhereabouts({ browse: () => () => undefined }), open.pins);
  const token = 't'.repeat(43);
  const file = new Uint8Array(Buffer.from('%PDF-1.4'));
  const atImpostor = await files.upload(`wss://127.0.0.1:${port}#fp=${lan.fingerprint}`, token, file);
  expect(atImpostor).toEqual({ ok: false, code: 'linkLost' });
  expect(heard).toBe(0);
  // Whom it is pinned to does get it, and answers.
  const atHub = await files.upload(`wss://${lan.addresses[0]}#fp=${lan.fingerprint}`, token, file);
  expect(atHub).toEqual({ ok: false, code: 'signInNeeded' });
  void files.upload(`wss://127.0.0.1:${port}#fp=${own}`, token, file);
  await vi.waitFor(() => expect(heard).toBeGreaterThan(0));
});

test('somebody in between who passes everything on can prove nothing, and hears the name of the code only', async () => {
  const { hub, address } = await office();
  const sam = await supervisorOf(hub.agentUrl);
  const { code } = await invite(sam);
  const { key, certificate: cert } = await openHubKey(nodeDisk, temporaryFolder());
  const heard: string[] = [];
  const server = createHttpsServer({ key, cert });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (desktop) => {
    const toHub = new WebSocket(`wss://${address}/ws`, { rejectUnauthorized: false });
    const opened = once(toHub, 'open');
    desktop.on('message', async (data) => {
      heard.push(data.toString());
      await opened;
      toHub.send(data.toString());
    });
    toHub.on('message', (data) => desktop.send(data.toString()));
    toHub.on('error', () => undefined);
    desktop.on('close', () => toHub.terminate());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const between = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await pairWith(between, code, scryptCost)).toEqual({ ok: false, reason: 'impostor' });
  expect(heard).toEqual([JSON.stringify({ type: 'pair', codeId: code.slice(0, 4) })]);
});

test('on the listener for other machines there is TLS 1.3, the wire, no pages, and nothing for a page', async () => {
  const { address } = await office();
  const [host, port] = [address.split(':')[0]!, Number(address.split(':')[1])];
  const older = connect({ host, port, rejectUnauthorized: false, maxVersion: 'TLSv1.2' });
  const [refused] = await once(older, 'error');
  expect(String(refused)).toMatch(/alert|version|protocol/i);
  const page = await new Promise<number>((resolve) =>
    get({ host, port, path: '/', rejectUnauthorized: false, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }),
  );
  expect(page).toBe(404);
  const fromPage = new WebSocket(`wss://${address}/ws`, { rejectUnauthorized: false, origin: `https://${address}` });
  fromPage.on('error', () => undefined);
  const [, response] = await once(fromPage, 'unexpected-response');
  expect(response.statusCode).toBe(403);
  const plain = connectPlain({ host, port });
  plain.on('error', () => undefined);
  plain.write('GET /ws HTTP/1.1\r\n\r\n');
  let answer = '';
  plain.on('data', (data) => {
    answer += data;
  });
  await once(plain, 'close');
  expect(answer).not.toMatch(/101|Foyer/);
});

test('a hub whose address has changed is found again by who it is; one that only says so is not believed', async () => {
  const { lan } = await office();
  let heard = 0;
  const { port: liar } = await impostor((data) => {
    heard += data.length;
  });
  const hints = [{ name: 'Liar', address: `127.0.0.1:${liar}`, fingerprint: lan.fingerprint, sender: 'a' }];
  const discovery: Discovery = {
    advertise,
    browse(found) {
      for (const hint of hints) found(hint);
      return () => undefined;
    },
  };
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const told: Any[] = [];
  const whereabouts = createWhereabouts(discovery);
  const line = createLine(((_name: string, payload: Any) => told.push(payload)) as never, silent, whereabouts, open);
  const old = `wss://127.0.0.1:1/ws#fp=${lan.fingerprint}`;
  const attempt = async (number: number) => {
    line.open(number, old);
    await vi.waitFor(() => expect(told.at(-1)?.line).toBe(number));
    await vi.advanceTimersByTimeAsync(3_000);
    return told.at(-1);
  };
  expect(await attempt(1)).toEqual({ line: 1, code: 1006 });
  // The liar is called and hears nothing; and it can't make a desktop give up.
  expect(await attempt(2)).toEqual({ line: 2, code: 1006 });
  expect(heard).toBe(0);
  hints[0] = { name: 'Test', address: lan.addresses[0]!, fingerprint: lan.fingerprint, sender: 'b' };
  await attempt(3);
  expect(await attempt(4)).toEqual({ line: 4 });
  line.drop();
});

test('it says on the LAN that it is here, and stops when it stops', async () => {
  said.length = 0;
  const before = silences;
  const { lan, stop } = await office();
  expect(said).toEqual([{ name: 'Test', port: Number(lan.addresses[0]!.split(':')[1]), fingerprint: lan.fingerprint }]);
  await stop();
  expect(silences).toBe(before + 1);
});

test('the key is the office: it stays over a restart, goes into a backup, and a damaged one is said', async () => {
  const { hub, lan, folder, stop } = await office();
  const sam = await supervisorOf(hub.agentUrl);
  expect((await sam.command({ op: 'office.backup', passphrase: null })).type).toBe('ack');
  await stop();
  const second = await office(folder);
  expect(second.lan.fingerprint).toBe(lan.fingerprint);
  await second.stop();
  const path = join(folder, 'hub-key.pem');
  const kept = readFileSync(path, 'utf8');
  writeFileSync(path, kept.replace(/-----BEGIN CERT[\s\S]*/, ''));
  await expect(office(folder)).rejects.toMatchObject({ code: 'damaged', message: expect.stringContaining(path) });
  const [backup] = readdirSync(join(folder, 'backups'));
  await restoreBackup(join(folder, 'backups', backup!), folder, Date.UTC(2026, 0, 5));
  const third = await office(folder);
  expect(third.lan.fingerprint).toBe(lan.fingerprint);
});

test('the key is changed: who is connected follows without a word, who was away has to join anew', async () => {
  const { hub, lan, folder, stop } = await office();
  const before = lan.fingerprint;
  const sam = await supervisorOf(hub.agentUrl);
  const told = () => sam.frames.filter(({ name }) => name === 'hubKey.changed').at(-1);
  expect(told()).toMatchObject({ pins: [before], switchesAt: null });
  const backup = (await sam.command({ op: 'office.backup', passphrase: null })).result.fileName;
  expect(await sam.command({ op: 'hubKey.rotate', finish: true })).toMatchObject({
    code: 'noHubKey',
    message: expect.stringContaining('no next key'),
  });

  // Mei's desktop, with what it keeps.
  const url = `wss://${lan.addresses[0]}#fp=${before}`;
  let kept: KeptProfile | null = null;
  const store: ProfileStore = {
    read: async () => kept,
    write: async (value) => {
      kept = value;
    },
  };
  const guard = createTokenGuard(store, () => null, silent);
  const frames: Any[] = [];
  const opened: number[] = [];
  const tell = ((name: string, payload: Any) => {
    if (name === 'line.frame') frames.push(JSON.parse(payload.frame));
    if (name === 'line.opened') opened.push(payload.line);
  }) as never;
  const whereabouts = createWhereabouts({ browse: () => () => undefined });
  const line = createLine(tell, silent, whereabouts, guard);
  onTestFinished(() => line.drop());
  const { link, agentId } = await invite(sam);
  const wire = { proto: 1, since: null, lastN: 0, role: 'agent', deviceId: 'meis', deviceLabel: 'Mei' };
  const hello = async (number: number, auth: object) => {
    frames.length = 0;
    line.open(number, lineUrl(url));
    await vi.waitFor(() => expect(opened).toContain(number));
    line.send(number, JSON.stringify({ type: 'hello', ...wire, auth }));
  };
  const caughtUp = () => vi.waitFor(() => expect(frames.map(({ type }) => type)).toContain('caughtUp'));
  await hello(1, { kind: 'link', secret: readLink(link).secret });
  await vi.waitFor(() => expect(joinsOf(sam)).toHaveLength(1));
  await sam.command({ op: 'join.answer', joinId: joinsOf(sam)[0].joinId, accept: true });
  await caughtUp();
  await guard.write({ mode: 'join', agentUrl: url, deviceId: 'meis', token: heldToken });

  said.length = 0;
  expect(await sam.command({ op: 'hubKey.rotate', finish: false })).toMatchObject({ type: 'ack' });
  await vi.waitFor(() => expect(kept?.pins).toHaveLength(2));
  const [present, next] = kept!.pins!;
  expect([present, lan.fingerprint, said]).toEqual([before, before, []]);
  expect(await sam.command({ op: 'hubKey.rotate', finish: true })).toMatchObject({ type: 'ack' });
  await vi.waitFor(() => expect(kept?.pins).toEqual([next]));
  expect([lan.fingerprint, said[0]?.fingerprint]).toEqual([next, next]);

  // By the same address as ever, and with the token it had.
  await hello(2, { kind: 'token', token: heldToken });
  await caughtUp();
  expect(frames[0]).toMatchObject({ type: 'welcome', agentId });
  await expect(Client.open(`wss://${lan.addresses[0]}/ws`, before)).rejects.toThrow('not the hub');
  const { entries } = (await sam.command({ op: 'audit.list', before: null, length: 10 })).result;
  const actions = entries.map(({ action }: Any) => action);
  expect(actions).toEqual(expect.arrayContaining(['hubKey.prepare', 'hubKey.switch']));

  // A backup from before does not bring the old one back.
  await stop();
  await restoreBackup(join(folder, 'backups', backup), folder, Date.UTC(2026, 0, 5));
  expect((await office(folder)).lan.fingerprint).toBe(next);
});

test('the hub’s own command line changes the key, with the hub running or not', async () => {
  const { folder, lan, stop } = await office();
  const before = lan.fingerprint;
  const ports = { clock: openSystemClock(), randomBytes: seededBytes(6), log: silent, startWriter: inProcessWriter() };
  await expect(rotateKey(folder, true, ports)).rejects.toThrow('no next key');
  await rotateKey(folder, false, ports);
  expect(lan.fingerprint).toBe(before);
  await stop();
  await rotateKey(folder, true, ports);
  await expect(rotateKey(folder, true, ports)).rejects.toThrow('make one first, with rotate-key');
  const again = await office(folder);
  expect(again.lan.fingerprint).not.toBe(before);
  const sam = await supervisorOf(again.hub.agentUrl);
  const { entries } = (await sam.command({ op: 'audit.list', before: null, length: 10 })).result;
  const actions = entries.filter(({ by }: Any) => by.kind === 'local').map(({ action }: Any) => action);
  expect(actions).toEqual(['hubKey.switch', 'hubKey.prepare']);
});

test('the hub’s own command line makes a link that needs nobody’s word', async () => {
  const { folder } = await office();
  const ports = { clock: openSystemClock(), randomBytes: seededBytes(6), log: silent, startWriter: inProcessWriter() };
  const { link } = await addAgentTo(folder, 'Mei', null, ports);
  const { url, fingerprint, secret } = readLink(link ?? '');
  const mei = await Client.open(url, fingerprint);
  mei.hello({ kind: 'link', secret }, 'meis-laptop');
  expect(await mei.until((frame) => frame.type === 'welcome')).toMatchObject({ role: 'agent' });
  expect(mei.frames.map(({ type }) => type)).not.toContain('joinWaiting');
});

test('a port that was never opened for other machines is not there: no link, and codes as before', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const taken = (server.address() as AddressInfo).port;
  const folder = temporaryFolder();
  const options = {
    dataFolder: folder,
    host: '127.0.0.1',
    agentPort: 0,
    customerPort: 0,
    pages: { workstation: folder, customer: folder },
    setup: { officeName: 'Test', supervisorName: 'Sam', passphrase },
    sample: false,
  };
  const ports = { clock: openSystemClock(), randomBytes: seededBytes(5), log: silent, startWriter: inProcessWriter() };
  await expect(
    openHub({ ...options, lan: { host: '127.0.0.1', port: taken, advertise } }, ports, { scryptCost }),
  ).rejects.toMatchObject({ code: 'portInUse' });
  await expect(
    openHub({ ...options, lan: { host: '192.0.2.77', port: 0, advertise } }, ports, { scryptCost }),
  ).rejects.toMatchObject({ code: 'addressUnknown' });
  const hub = await openHub({ ...options, lan: null }, ports, { scryptCost });
  onTestFinished(() => hub.stop());
  const sam = await supervisorOf(hub.agentUrl);
  const { link, code } = await invite(sam);
  expect([link, code]).toEqual([undefined, expect.stringMatching(/^\w{4}-\w{4}-\w{4}$/)]);
});
