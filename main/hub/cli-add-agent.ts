import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { type ToAgent, toAgent } from '../../shared/protocol/agent-wire';
import { protocolVersion } from '../../shared/protocol/fields';
import { defaultLimits } from './limits';
import { startHub } from './open-hub';
import type { FolderPorts, HubOptions } from './ports';
import { addAgent, defaultCapacity } from './set-up';
import { FileStore } from './store/file-store';
import { readLock } from './store/folder-lock';

const answerWithinMs = 10_000;

export interface AddedAgent {
  agentId: string;
  code: string;
  expiresAt: number;
}

/** A one-time code for the agent of this name: from the hub that runs on this folder, or from the folder itself. */
export async function addAgentTo(
  folder: string,
  name: string,
  setup: HubOptions['setup'],
  ports: FolderPorts,
): Promise<AddedAgent> {
  const lock = await readLock(folder);
  if (lock?.agentUrl && lock.localSecret) return askRunningHub(lock.agentUrl, lock.localSecret, name);
  const store = await FileStore.open(folder, defaultLimits, ports);
  try {
    const hub = await startHub(store, { setup, sample: false }, ports, defaultLimits);
    const added = addAgent(hub, name, (size) => ports.randomBytes(size));
    await hub.outbox.durable(hub.state.seq);
    hub.stop();
    return added;
  } finally {
    await store.close();
  }
}

type CommandBody = { op: string } & Record<string, unknown>;

/** Over the wire like any other client, with the secret that only the hub's own user can read. */
async function askRunningHub(url: string, secret: string, name: string): Promise<AddedAgent> {
  const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: answerWithinMs });
  const agents = new Map<string, string>();
  const groupIds: string[] = [];
  const waiting = new Map<string, (frame: ToAgent) => void>();
  let n = 0;
  const send = (body: CommandBody) => {
    n += 1;
    const cid = `cli-${n}`;
    socket.send(JSON.stringify({ type: 'command', cid, n, ...body }));
    return new Promise<Record<string, unknown>>((resolve, reject) =>
      waiting.set(cid, (frame) => {
        if (frame.type === 'ack') resolve(frame.result ?? {});
        else reject(new Error(frame.type === 'refused' ? frame.message : 'the hub gave no answer'));
      }),
    );
  };
  return new Promise<AddedAgent>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The hub did not answer in time.')), answerWithinMs);
    const finish = (end: () => void) => {
      clearTimeout(timer);
      socket.close();
      end();
    };
    const add = async () => {
      let agentId = [...agents].find(([, known]) => known.toLowerCase() === name.toLowerCase())?.[0];
      if (agentId === undefined) {
        const groups = groupIds.map((groupId) => ({ groupId, priority: 1 }));
        const made = await send({ op: 'agent.put', name, role: 'agent', capacity: defaultCapacity, groups });
        agentId = String(made.agentId);
      }
      const { code, expiresAt } = await send({ op: 'agent.code', agentId });
      return { agentId, code: String(code), expiresAt: Number(expiresAt) };
    };
    socket.on('open', () => socket.send(JSON.stringify(localHello(secret))));
    socket.on('error', (error) => finish(() => reject(error)));
    socket.on('close', () => finish(() => reject(new Error('The hub closed the line.'))));
    socket.on('message', (data) => {
      const frame = toAgent.safeParse(JSON.parse(data.toString())).data;
      if (frame?.type === 'event' && frame.name === 'agent.changed') agents.set(frame.agent.agentId, frame.agent.name);
      if (frame?.type === 'event' && frame.name === 'group.changed') groupIds.push(frame.group.groupId);
      if (frame?.type === 'ack' || frame?.type === 'refused') waiting.get(frame.cid)?.(frame);
      if (frame?.type !== 'caughtUp') return;
      add().then(
        (added) => finish(() => resolve(added)),
        (error) => finish(() => reject(error)),
      );
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
