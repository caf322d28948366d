import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttachmentDesk } from './attachments/attachment-desk';
import { type RunningDemo, startDemo } from './demo/demo';
import { makeCodeFor } from './entrance/codes';
import { HubKeys } from './entrance/hub-keys';
import { addAgent, setUpOffice } from './entrance/set-up';
import { HubStartError } from './hub-start-error';
import { defaultLimits, type HubLimits, type ListenerRole } from './limits';
import { acceptConnection } from './listen/connection';
import { type Listener, openListener } from './listen/listener';
import { loopbackOnly } from './listen/proxy-view';
import { type Failure, Faults } from './loop/faults';
import { Hub } from './loop/hub';
import type { HubPorts } from './ports';
import type { HubOptions, RunningHub, RunningLan } from './running-hub';
import { type HubState, replayRecord } from './state/hub-state';
import { startingState } from './state/saved-state';
import { AttachmentFiles } from './store/attachment-files';
import { nodeDisk } from './store/disk';
import { FileStore } from './store/file-store';
import type { HubKey } from './store/hub-key';
import { MemoryStore } from './store/memory-store';
import type { Store } from './store/store';
import type { FolderPorts } from './store/writer-messages';
import { isLoopback } from './system/addresses';
import { customerSocketsMax, descriptorLimit } from './system/descriptor-limit';
import { kindOf } from './system/error-kind';
import { ownAddresses } from './system/own-addresses';
import { notBefore } from './system/system-clock';
import { makeId, makeToken } from './system/tokens';

/** Recovers, sets up when new, listens. Rejects with a `HubStartError` that a person can act on. */
export async function openHub(
  options: HubOptions,
  ports: FolderPorts,
  limits: Partial<HubLimits> = {},
): Promise<RunningHub> {
  if (!isLoopback(options.host)) {
    const message = `The page and the command line are for this machine (127.0.0.1 or ::1), not ${options.host}; others join with --lan.`;
    throw new HubStartError('notLoopback', message);
  }
  const allLimits = fitted({ ...defaultLimits, ...limits });
  const file = options.dataFolder === null ? null : await FileStore.open(options.dataFolder, allLimits, ports);
  const randomBytes = (size: number) => ports.randomBytes(size);
  const store = file ?? new MemoryStore(makeId('hub', randomBytes));
  let hub = await startHub(store, options, ports, allLimits).catch(async (error) => {
    await store.close();
    throw error;
  });
  let listeners: Listener[] = [];
  const scratch = options.dataFolder === null ? await mkdtemp(join(tmpdir(), 'foyer-')) : null;
  let stopped = false;
  let silence = () => {};
  const faults = new Faults(ports.clock);
  let tellEnd: (why: HubStartError) => void = () => undefined;
  const ended = new Promise<HubStartError>((resolve) => {
    tellEnd = resolve;
  });
  const close = async () => {
    stopped = true;
    silence();
    faults.stop();
    hub.stop();
    await Promise.all(listeners.map((listener) => listener.close()));
    await store.close();
    if (scratch !== null) await rm(scratch, { recursive: true, force: true });
  };
  try {
    const dataFolder = options.dataFolder ?? scratch ?? '';
    const files = await AttachmentFiles.open(dataFolder, allLimits.attachments, store.arrivals);
    // What has expired may not all be in the archive, or out of it, before that has gone through; and what the journal
    // has brought again is in the archive and on its pages once the store lists them.
    const isWritten = hub.state.expiring === null && (await store.archiveDays().catch(() => null)) !== null;
    const removed = isWritten ? await files.removeOrphans((id) => hub.state.uploads.needs(id)) : 0;
    if (removed > 0) hub.log.info('attachments.orphansRemoved', { removed });
    hub.retention.files = files;
    const attachments = new AttachmentDesk(() => hub, files);
    const keys = options.lan && options.dataFolder !== null ? await HubKeys.open(nodeDisk, options.dataFolder) : null;
    keys?.keep(hub);
    listeners = await openListeners(() => hub, attachments, options, keys, randomBytes);
    const [agents, customers, others] = listeners as [Listener, Listener, Listener?];
    const lan = runningLan(options, keys, others);
    const agentUrl = `ws://${inUrl(options.host)}:${agents.port}/ws`;
    const customerUrl = customersUrl(options, customers.port);
    const localSecret = file && makeToken(randomBytes);
    let demo: RunningDemo | null = null;
    const admit = () => {
      hub.entrance.customerUrl = customerUrl;
      hub.entrance.localSecret = localSecret;
      hub.whereabouts.proxies = options.customers ?? loopbackOnly;
      hub.entrance.lan = lan && keys && { address: lan.addresses[0]!, keys };
      if (lan && keys) hub.fanOut.access.hubKey(keys.pins);
      demo = (options.sample && hub.guard.run(() => startDemo(hub, randomBytes))) || null;
      if (faults.count > 0) hub.restarted(faults.count, faults.at);
      void hub.failure.then(revive);
    };
    // What a failed hub knew may be on no disk: another one starts from what is there, behind the same listeners.
    const revive = async (failure: Failure) => {
      demo?.stop();
      faults.note(failure);
      for (let alive = false; !alive && !stopped; ) {
        try {
          await faults.pause();
          await store.recovered();
          if (stopped) return;
          hub = await startHub(store, options, ports, allLimits, faults.commands, files);
          if (stopped) return hub.stop();
          admit();
          ports.log.info('hub.revived', { seq: hub.state.seq });
          alive = true;
        } catch (error) {
          if (error instanceof HubStartError) return giveUp(error);
          hub.stop('hubFault');
          demo?.stop();
          ports.log.error('hub.notRevived', { ...kindOf(error) });
          faults.note({ isFault: true, commands: [] });
        }
      }
    };
    /** No hub can start from what is on the disk: only a person can say how to go on. */
    const giveUp = async (why: HubStartError) => {
      ports.log.error('hub.ended', { code: why.code });
      await close();
      tellEnd(why);
    };
    admit();
    if (file && localSecret) await file.lock.publish(agentUrl, localSecret);
    if (lan && others && options.lan && keys) {
      const { advertise } = options.lan;
      const say = ({ fingerprint }: HubKey) => {
        silence();
        silence = advertise({ name: hub.state.config.office?.name ?? '', port: others.port, fingerprint });
      };
      say(keys.present);
      keys.switched = (key) => {
        others.useKey(key);
        say(key);
      };
    }
    hub.log.info('hub.listening', { agentUrl, customerUrl });
    const { publicUrl = null, trustedProxies = [] } = options.customers ?? {};
    // Everybody behind a proxy that is not believed is one address, with one budget.
    if (publicUrl && trustedProxies.length === 0)
      hub.log.warn('proxy.notTrusted', { advice: '--trusted-proxy ADDRESS' });
    return {
      agentUrl,
      customerUrl,
      lan,
      others: () => hub.sessions.others(),
      addAgent: async (name) => durably(hub, () => addAgent(hub, name, randomBytes)),
      supervisorCode: async () => durably(hub, () => supervisorCode(hub, randomBytes)),
      resetPassphrase: (passphrase, name) => durably(hub, () => hub.entrance.passphrases.reset(passphrase, name)),
      slept: (sleptMs) => void hub.guard.run(() => hub.slept(sleptMs)),
      ended,
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

/** Within what the system allows this process. */
function fitted(limits: HubLimits): HubLimits {
  const socketsMax = customerSocketsMax(limits, descriptorLimit());
  return { ...limits, customers: { ...limits.customers, socketsMax } };
}

/** Everything but the listeners: what tests drive over an in-memory wire. */
export async function startHub(
  store: Store,
  options: Pick<HubOptions, 'setup' | 'sample'>,
  ports: HubPorts,
  limits: HubLimits,
  failedCommands: ReadonlySet<string> = new Set(),
  files: Pick<AttachmentFiles, 'removeOrphans'> | null = null,
): Promise<Hub> {
  const state = await replayed(store, limits);
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
    failedCommands,
  );
  hub.retention.files = files;
  if (state.config.office === null) await setUpOffice(hub, options, (size) => ports.randomBytes(size));
  hub.started();
  // What a crash cut short; when it fails again, the log says why, and everybody can work.
  await hub.erasures.finish().catch(() => undefined);
  await hub.retention.finish().catch(() => undefined);
  return hub;
}

/** A state that can't be made from what is stored is damage: nothing is skipped, and nothing is made up. */
async function replayed(store: Store, limits: HubLimits): Promise<HubState> {
  try {
    const state = startingState(store.base, limits);
    const configSeq = store.base.config?.seq ?? 0;
    await store.replay((record) => void replayRecord(state, record, configSeq));
    return state;
  } catch (error) {
    if (error instanceof HubStartError) throw error;
    const { kind, at } = kindOf(error);
    const message = `What the hub has recorded can't be replayed (${[kind, at[0]].join(' in ')}).`;
    throw new HubStartError('damaged', message);
  }
}

async function openListeners(
  hub: () => Hub,
  attachments: AttachmentDesk,
  options: HubOptions,
  keys: HubKeys | null,
  randomBytes: (size: number) => Uint8Array,
): Promise<Listener[]> {
  const opened: Listener[] = [];
  const open = async (
    role: ListenerRole,
    {
      host = options.host,
      port,
      pageFolder = '',
      tls = null,
      access = loopbackOnly,
    }: Partial<Parameters<typeof openListener>[0]>,
  ) => {
    const listener = await openListener({
      role,
      access,
      tls,
      host,
      port: port ?? 0,
      pageFolder,
      limits: hub().limits,
      log: hub().log,
      attachments,
      randomBytes,
      mayAsk: (address) => hub().door.request(role, address),
      accept: (line) => {
        keys?.keep(hub());
        return acceptConnection(hub(), role, line);
      },
    });
    opened.push(listener);
  };
  try {
    await open('agent', { port: options.agentPort, pageFolder: options.pages.workstation });
    const { host = null, trustedProxies = [], publicUrl = null } = options.customers ?? {};
    await open('customer', {
      host: host ?? options.host,
      port: options.customerPort,
      pageFolder: options.pages.customer,
      access: { trustedProxies, publicUrl, hosts: customerHosts(options) },
    });
    if (options.lan && keys) await open('agent', { ...options.lan, tls: keys.present });
    return opened;
  } catch (error) {
    await Promise.all(opened.map((listener) => listener.close()));
    throw error;
  }
}

/** The names by which other machines know the customers' listener: none when it is on loopback. */
function customerHosts({ customers }: HubOptions): string[] {
  const host = customers?.host ?? null;
  if (host === null || isLoopback(host)) return [];
  return (host === '0.0.0.0' ? ownAddresses() : [host]).map(inUrl);
}

function customersUrl(options: HubOptions, port: number): string {
  const { publicUrl } = options.customers ?? {};
  return publicUrl
    ? `${publicUrl.origin}/chat`
    : `http://${customerHosts(options)[0] ?? inUrl(options.host)}:${port}/chat`;
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function runningLan({ lan }: HubOptions, keys: HubKeys | null, listener: Listener | undefined): RunningLan | null {
  if (!lan || !keys || !listener) return null;
  const hosts = lan.host === '0.0.0.0' ? ownAddresses() : [lan.host];
  return {
    host: lan.host,
    addresses: hosts.map((each) => `${inUrl(each)}:${listener.port}`),
    get fingerprint() {
      return keys.present.fingerprint;
    },
  };
}

function supervisorCode(hub: Hub, randomBytes: (size: number) => Uint8Array): string {
  for (const { agentId, name, role } of hub.state.config.accounts.values())
    if (role === 'supervisor')
      return hub.step((step) => {
        step.note({ by: { kind: 'local' }, action: 'agent.code', subject: name, changes: [] });
        return makeCodeFor(step, agentId, randomBytes, { isApproved: true });
      }).code;
  throw new Error('there is no supervisor');
}

/** A code is handed out only when the hub would still know it after a crash. */
async function durably<T>(hub: Hub, work: () => T | Promise<T>): Promise<T> {
  const result = await work();
  await hub.outbox.durable(hub.state.seq);
  return result;
}
