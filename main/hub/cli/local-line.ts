import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { type ToAgent, toAgent } from '../../../shared/protocol/agent-wire';
import { protocolVersion } from '../../../shared/protocol/fields';
import { HubStartError } from '../hub-start-error';
import { readLock } from '../store/folder-lock';
import { isLoopback } from '../system/addresses';

const welcomeWithinMs = 10_000;

/** A hub that runs on this machine, as its own command line sees it. */
export interface LocalLine {
  /** Names by id. */
  agents: ReadonlyMap<string, string>;
  groupIds: readonly string[];
  /** Resolves with the command's result; rejects with the reason for a refusal. */
  send(body: { op: string } & Record<string, unknown>): Promise<Record<string, unknown>>;
}

/** The address and local secret of the hub that runs on this folder; null when none listens. */
export async function runningHub(folder: string): Promise<{ url: string; secret: string } | null> {
  const lock = await readLock(folder);
  if (!lock?.agentUrl || !lock.localSecret) return null;
  const { protocol, hostname } = new URL(lock.agentUrl);
  // A passphrase may be sent there, so it must never be another machine.
  if (protocol !== 'ws:' || !isLoopback(hostname.replace(/^\[|\]$/g, '')))
    throw new HubStartError('folderUnsafe', `${folder}/LOCK names ${hostname}, which is not this machine.`);
  return { url: lock.agentUrl, secret: lock.localSecret };
}

/** Asks over the wire like any other client, with the secret that only the hub's own OS user can read. */
export function askRunningHub<T>(
  { url, secret }: { url: string; secret: string },
  ask: (line: LocalLine) => Promise<T>,
): Promise<T> {
  const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: welcomeWithinMs });
  const agents = new Map<string, string>();
  const groupIds: string[] = [];
  const waiting = new Map<string, (frame: ToAgent) => void>();
  let n = 0;
  const send: LocalLine['send'] = (body) => {
    n += 1;
    const cid = `cli-${n}`;
    socket.send(JSON.stringify({ type: 'command', cid, n, ...body }));
    return new Promise((resolve, reject) =>
      waiting.set(cid, (frame) => {
        if (frame.type === 'ack') resolve(frame.result ?? {});
        else reject(new Error(frame.type === 'refused' ? frame.message : 'the hub gave no answer'));
      }),
    );
  };
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The hub did not answer in time.')), welcomeWithinMs);
    const finish = (end: () => void) => {
      clearTimeout(timer);
      socket.close();
      end();
    };
    socket.on('open', () => socket.send(JSON.stringify(localHello(secret))));
    socket.on('error', (error) => finish(() => reject(error)));
    socket.on('close', () => finish(() => reject(new Error('The hub closed the line.'))));
    const heard = (value: unknown) => {
      const frame = toAgent.safeParse(value).data;
      if (frame?.type === 'event' && frame.name === 'agent.changed') agents.set(frame.agent.agentId, frame.agent.name);
      if (frame?.type === 'event' && frame.name === 'group.changed') groupIds.push(frame.group.groupId);
      if (frame?.type === 'ack' || frame?.type === 'refused') waiting.get(frame.cid)?.(frame);
      if (frame?.type !== 'caughtUp') return;
      clearTimeout(timer);
      ask({ agents, groupIds, send }).then(
        (result) => finish(() => resolve(result)),
        (error) => finish(() => reject(error)),
      );
    };
    socket.on('message', (data) => {
      for (const value of [JSON.parse(data.toString())].flat()) heard(value);
    });
  });
}

function localHello(secret: string) {
  return {
    type: 'hello',
    proto: protocolVersion,
    role: 'agent',
    deviceId: `cli-${randomBytes(8).toString('hex')}`,
    since: null,
    lastN: 0,
    auth: { kind: 'local', secret },
    deviceLabel: 'command line',
  };
}
