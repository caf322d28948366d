import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Api } from '../../main/hub/api/api';
import { AttachmentDesk } from '../../main/hub/attachments/attachment-desk';
import { defaultLimits, type HubLimits, type ListenerRole } from '../../main/hub/limits';
import { acceptConnection } from '../../main/hub/listen/connection';
import { openListener } from '../../main/hub/listen/listener';
import { loopbackOnly } from '../../main/hub/listen/proxy-view';
import type { Line } from '../../main/hub/session/session';
import { type Hub, startHub } from '../../main/hub/start-hub';
import { AttachmentFiles } from '../../main/hub/store/attachment-files';
import { MemoryStore } from '../../main/hub/store/memory-store';
import { widgetDefault } from '../../shared/protocol/widget';
import { temporaryFolder } from '../support/folder';
import { createHandClock, type HandClock } from '../support/hand-clock';
import { passphrase, seededBytes } from '../support/hub';

/** A hub behind real sockets, with its clock moved by hand. */
export interface Target {
  hub: Hub;
  clock: HandClock;
  ports: Record<ListenerRole, number>;
  /** Read with the first request. */
  pageFolder: string;
  /** Every line that completed the upgrade. */
  lines: Line[];
  log: string[];
}

export async function openTarget(limits: Partial<HubLimits> = {}, access = loopbackOnly, seed = 1): Promise<Target> {
  const clock = createHandClock(1_800_000_000_000);
  const log: string[] = [];
  const entry = (event: string, detail?: object) => void log.push(`${event} ${JSON.stringify(detail ?? {})}`);
  const ports = { clock, randomBytes: seededBytes(seed), log: { info: entry, warn: entry, error: entry } };
  const all = { ...defaultLimits, scryptCost: 16, ...limits };
  const setup = { officeName: 'Test', supervisorName: 'Sam', passphrase };
  const store = new MemoryStore('hub-target');
  const hub = await startHub(store, { setup, sample: false }, ports, all);
  onTestFinished(() => hub.stop());
  const pageFolder = join(temporaryFolder(), 'pages');
  mkdirSync(join(pageFolder, 'assets'), { recursive: true });
  writeFileSync(join(pageFolder, 'index.html'), '<p>the page</p>');
  writeFileSync(join(pageFolder, 'assets', 'app.js'), 'console.log(1)');
  writeFileSync(join(pageFolder, '..', 'outside.txt'), 'secret');
  const kept = await AttachmentFiles.open(temporaryFolder(), all.attachments, store.arrivals);
  const attachments = new AttachmentDesk(() => hub, kept);
  const api = new Api(() => hub);
  const lines: Line[] = [];
  const open = async (role: ListenerRole) => {
    const listener = await openListener({
      ...{ role, access, tls: null, host: '127.0.0.1', port: 0, pageFolder, limits: all, log: ports.log },
      attachments,
      api,
      randomBytes: seededBytes(3),
      config: () => hub.state.config,
      widget: () => widgetDefault,
      mayAsk: (address) => hub.door.request(role, address),
      accept: (line) => {
        lines.push(line);
        return acceptConnection(hub, role, line);
      },
    });
    onTestFinished(() => listener.close());
    return listener.port;
  };
  return {
    hub,
    clock,
    pageFolder,
    lines,
    log,
    ports: { agent: await open('agent'), customer: await open('customer') },
  };
}

let bystanders = 0;

/** A bystander who must be served throughout: every message arrives and is acknowledged. */
export async function bystander({ ports }: Pick<Target, 'ports'>, name = 'Mei') {
  bystanders += 1;
  const socket = new WebSocket(`ws://127.0.0.1:${ports.customer}/ws`);
  onTestFinished(() => socket.terminate());
  // biome-ignore lint/suspicious/noExplicitAny: frames of every kind
  const frames: any[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(data.toString())));
  await once(socket, 'open');
  const hello = { type: 'hello', proto: 1, since: null, lastN: 0, role: 'customer', token: null, language: 'en' };
  socket.send(JSON.stringify({ ...hello, deviceId: `bystander-${bystanders}` }));
  let n = 0;
  const command = async (body: object) => {
    n += 1;
    const cid = `c${n}`;
    socket.send(JSON.stringify({ type: 'command', cid, n, ...body }));
    await vi.waitFor(() => expect(frames.find((frame) => frame.cid === cid)?.type).toBe('ack'), { timeout: 15_000 });
  };
  await command({ op: 'conversation.open', name });
  return { write: (text: string) => command({ op: 'message.send', text }), end: () => socket.terminate() };
}

export async function stillServes(target: Pick<Target, 'ports'>): Promise<void> {
  const mei = await bystander(target);
  await mei.write('still here?');
  mei.end();
}
