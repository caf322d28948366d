import { isLoopback } from './allow-list';
import { makeCodeFor } from './commands/office-commands';
import { acceptConnection } from './connection';
import { startDemo } from './demo/demo';
import { Hub } from './hub';
import { makeId, makeToken } from './identity/tokens';
import { defaultLimits, type HubLimits, type ListenerRole } from './limits';
import { type HubOptions, type HubPorts, HubStartError, type RunningHub } from './ports';
import { type Listener, openListener } from './server';
import { addAgent, setUpOffice } from './set-up';
import { configFromJson } from './state/config';
import { createHubState, type HubState, replayRecord } from './state/hub-state';
import { FileStore } from './store/file-store';
import { MemoryStore } from './store/memory-store';
import type { Store } from './store/store';
import { notBefore } from './system-clock';

/** Recovers, sets up when new, listens. Rejects with a `HubStartError` that a person can act on. */
export async function openHub(
  options: HubOptions,
  ports: HubPorts,
  limits: Partial<HubLimits> = {},
): Promise<RunningHub> {
  if (!isLoopback(options.host)) {
    const message = `The hub listens on this machine only for now (127.0.0.1 or ::1), not on ${options.host}.`;
    throw new HubStartError('notLoopback', message);
  }
  const file = options.dataFolder === null ? null : await FileStore.open(options.dataFolder, ports.log);
  const randomBytes = (size: number) => ports.randomBytes(size);
  const store = file ?? new MemoryStore(makeId('hub', randomBytes));
  let listeners: Listener[] = [];
  let started: Hub | null = null;
  const close = async () => {
    started?.stop();
    await Promise.all(listeners.map((listener) => listener.close()));
    await store.close();
  };
  try {
    const hub = await startHub(store, options, ports, { ...defaultLimits, ...limits });
    started = hub;
    listeners = await openListeners(hub, options, randomBytes);
    const [agents, customers] = listeners as [Listener, Listener];
    const address = options.host.includes(':') ? `[${options.host}]` : options.host;
    const agentUrl = `ws://${address}:${agents.port}/ws`;
    const customerUrl = `http://${address}:${customers.port}/chat`;
    hub.entrance.customerUrl = customerUrl;
    if (file) {
      const localSecret = makeToken(randomBytes);
      hub.entrance.localSecret = localSecret;
      await file.lock.publish(agentUrl, localSecret);
    }
    const demo = options.sample ? startDemo(hub, randomBytes) : null;
    hub.log.info('hub.listening', { agentUrl, customerUrl });
    return {
      agentUrl,
      customerUrl,
      addAgent: async (name) => durably(hub, () => addAgent(hub, name, randomBytes)),
      supervisorCode: async () => durably(hub, () => supervisorCode(hub, randomBytes)),
      slept: (sleptMs) => hub.slept(sleptMs),
      stop: async () => {
        demo?.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Everything but the listeners: what tests drive over an in-memory wire. */
export async function startHub(
  store: Store,
  options: Pick<HubOptions, 'setup' | 'sample'>,
  ports: HubPorts,
  limits: HubLimits,
): Promise<Hub> {
  const state = createHubState(limits);
  await recover(state, store);
  const clock = notBefore(ports.clock, state.at);
  const hub = new Hub(
    state,
    store,
    {
      clock,
      wallNow: () => ports.clock.wallNow?.() ?? ports.clock.now(),
      log: ports.log,
      randomBytes: (size) => ports.randomBytes(size),
    },
    limits,
  );
  if (state.config.office === null) await setUpOffice(hub, options, (size) => ports.randomBytes(size));
  hub.started();
  return hub;
}

/** The configuration as lowdb holds it, then everything recorded; configuration events it already holds are skipped. */
async function recover(state: HubState, store: Store): Promise<void> {
  if (store.config) state.config = configFromJson(store.config.config);
  const configSeq = store.config?.seq ?? 0;
  await store.replay((record) => replayRecord(state, record, configSeq));
}

async function openListeners(
  hub: Hub,
  options: HubOptions,
  randomBytes: (size: number) => Uint8Array,
): Promise<Listener[]> {
  const open = (role: ListenerRole, port: number, pageFolder: string) =>
    openListener({
      role,
      host: options.host,
      port,
      pageFolder,
      limits: hub.limits,
      log: hub.log,
      randomBytes,
      accept: (line) => acceptConnection(hub, role, line),
    });
  const agents = await open('agent', options.agentPort, options.pages.workstation);
  try {
    return [agents, await open('customer', options.customerPort, options.pages.customer)];
  } catch (error) {
    await agents.close();
    throw error;
  }
}

function supervisorCode(hub: Hub, randomBytes: (size: number) => Uint8Array): string {
  for (const { agentId, role } of hub.state.config.accounts.values())
    if (role === 'supervisor') return hub.step((step) => makeCodeFor(step, agentId, randomBytes)).code;
  throw new Error('there is no supervisor');
}

/** A code is handed out only when the hub would still know it after a crash. */
async function durably<T>(hub: Hub, work: () => T): Promise<T> {
  const result = work();
  await hub.outbox.durable(hub.state.seq);
  return result;
}
