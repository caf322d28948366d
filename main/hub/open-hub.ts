import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttachmentDesk } from './attachments/attachment-desk';
import { CurrentHub } from './current-hub';
import { startDemo } from './demo/demo';
import { HubKeys } from './entrance/hub-keys';
import { addAgent, supervisorCode } from './entrance/set-up';
import { HubStartError } from './hub-start-error';
import { defaultLimits, type HubLimits } from './limits';
import { closeListeners, type Listeners, openListeners } from './listen/open-listeners';
import type { HubOptions, RunningHub, RunningLan } from './running-hub';
import { type Hub, startHub } from './start-hub';
import { AttachmentFiles } from './store/attachment-files';
import { nodeDisk } from './store/disk';
import { FileStore } from './store/file-store';
import type { HubKey } from './store/hub-key';
import { MemoryStore } from './store/memory-store';
import type { Store } from './store/store';
import type { FolderPorts } from './store/writer-messages';
import { isLoopback } from './system/addresses';
import { customerSocketsMax, descriptorLimit } from './system/descriptor-limit';
import { ownAddresses } from './system/own-addresses';
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
  const opening = new Opening(options, ports, fitted({ ...defaultLimits, ...limits }));
  try {
    return await opening.open();
  } catch (error) {
    await opening.close();
    throw error;
  }
}

/** Opens the parts of a hub in order, and closes those that are open in reverse. */
class Opening {
  private readonly closers: (() => unknown)[] = [];
  private closed: Promise<void> | null = null;
  private tellEnd: (why: HubStartError) => void = () => undefined;
  private readonly ended = new Promise<HubStartError>((resolve) => {
    this.tellEnd = resolve;
  });

  constructor(
    private readonly options: HubOptions,
    private readonly ports: FolderPorts,
    private readonly limits: HubLimits,
  ) {}

  async open(): Promise<RunningHub> {
    const { options, ports, limits } = this;
    const { folder, file, store } = await this.openStore();
    const first = await startHub(store, options, ports, limits);
    let tidied: Promise<void> | null = null;
    // The hub's stop ends it, and then the folder is let go.
    this.closers.push(() => tidied);
    this.closers.push(() => first.stop());
    const files = await AttachmentFiles.open(folder, limits.attachments, store.arrivals);
    first.retention.files = files;
    const keys = options.lan && options.dataFolder !== null ? await HubKeys.open(nodeDisk, options.dataFolder) : null;
    keys?.keep(first);
    const secret = file && makeToken((size) => ports.randomBytes(size));
    const start = (failedCommands: ReadonlySet<string>) =>
      startHub(store, options, ports, limits, failedCommands, files);
    const current: CurrentHub = new CurrentHub(first, {
      ...{ store, clock: ports.clock, log: ports.log, start },
      open: (hub) => this.openTo(hub, { urls, lan, keys, secret }),
      giveUp: (why) => void this.giveUp(why),
    });
    const listeners = await this.listen(current, new AttachmentDesk(() => current.hub, files), keys);
    const urls = urlsOf(options, listeners);
    const lan = runningLan(options, keys, listeners);
    this.closers.push(() => current.stop());
    current.open();
    tidied = first.retention.removeOrphans();
    if (file && secret) await file.lock.publish(urls.agentUrl, secret);
    if (lan && keys) this.advertise(current, keys, listeners);
    this.logListening(urls);
    return this.running(current, { ...urls, lan });
  }

  close(): Promise<void> {
    this.closed ??= (async () => {
      for (const close of this.closers.reverse()) await close();
    })();
    return this.closed;
  }

  private async openStore(): Promise<{ folder: string; file: FileStore | null; store: Store }> {
    const { options, ports, limits } = this;
    const { dataFolder } = options;
    if (dataFolder !== null) {
      const file = await FileStore.open(dataFolder, limits, ports);
      this.closers.push(() => file.close());
      return { folder: dataFolder, file, store: file };
    }
    const folder = await mkdtemp(join(tmpdir(), 'foyer-'));
    this.closers.push(() => rm(folder, { recursive: true, force: true }));
    const store = new MemoryStore(makeId('hub', (size) => ports.randomBytes(size)));
    this.closers.push(() => store.close());
    return { folder, file: null, store };
  }

  private async listen(current: CurrentHub, attachments: AttachmentDesk, keys: HubKeys | null): Promise<Listeners> {
    const { options, ports } = this;
    const { host, pages, customers } = options;
    const { trustedProxies = [], publicUrl = null } = customers ?? {};
    const access = { trustedProxies, publicUrl, hosts: customerHosts(options) };
    const customerPlace = { host: customers?.host ?? host, port: options.customerPort, pageFolder: pages.customer };
    const listeners = await openListeners({
      ...{ hub: () => current.hub, attachments, randomBytes: (size: number) => ports.randomBytes(size) },
      agents: { host, port: options.agentPort, pageFolder: pages.workstation },
      customers: { ...customerPlace, access },
      lan: options.lan && keys && { ...options.lan, keys },
    });
    this.closers.push(() => closeListeners(listeners));
    return listeners;
  }

  /** People can connect from now on. Returns what undoes that when this hub ends. */
  private openTo(hub: Hub, { urls, lan, keys, secret }: Reach): () => void {
    const { options } = this;
    hub.entrance.customerUrl = urls.customerUrl;
    hub.fanOut.access.apiUrls = apiUrlsOf(urls, lan);
    hub.entrance.localSecret = secret;
    hub.entrance.lan = lan && keys && { address: lan.addresses[0]!, keys };
    if (options.customers) hub.whereabouts.proxies = options.customers;
    if (lan && keys) hub.fanOut.access.hubKey(keys.pins);
    const demo = options.sample ? hub.guard.run(() => startDemo(hub)) : null;
    return () => demo?.stop();
  }

  private async giveUp(why: HubStartError): Promise<void> {
    this.ports.log.error('hub.ended', { code: why.code });
    await this.close();
    this.tellEnd(why);
  }

  /** Advertises the hub on the LAN, with the fingerprint of its present key. */
  private advertise(current: CurrentHub, keys: HubKeys, { lan: listener }: Listeners) {
    const { lan } = this.options;
    if (!lan || !listener) return;
    let silence = () => {};
    const say = ({ fingerprint }: HubKey) => {
      silence();
      const name = current.hub.state.config.office?.name ?? '';
      silence = lan.advertise({ name, port: listener.port, fingerprint });
    };
    say(keys.present);
    keys.switched = (key) => {
      listener.useKey(key);
      say(key);
    };
    this.closers.push(() => silence());
  }

  private logListening({ agentUrl, customerUrl }: Urls) {
    const { log } = this.ports;
    log.info('hub.listening', { agentUrl, customerUrl });
    const { publicUrl = null, trustedProxies = [] } = this.options.customers ?? {};
    // All customers behind a proxy that is not trusted share one address, and one budget.
    if (publicUrl && trustedProxies.length === 0) log.warn('proxy.notTrusted', { advice: '--trusted-proxy ADDRESS' });
  }

  private running(current: CurrentHub, reached: Urls & { lan: RunningLan | null }): RunningHub {
    return {
      ...reached,
      ended: this.ended,
      others: () => current.hub.sessions.others(),
      addAgent: async (name) => durably(current.hub, () => addAgent(current.hub, name)),
      supervisorCode: async () => durably(current.hub, () => supervisorCode(current.hub)),
      resetPassphrase: (passphrase, name) =>
        durably(current.hub, () => current.hub.entrance.passphrases.reset(passphrase, name)),
      slept: (sleptMs) => void current.hub.guard.run(() => current.hub.slept(sleptMs)),
      stop: () => this.close(),
    };
  }
}

interface Urls {
  agentUrl: string;
  customerUrl: string;
}

/** How people reach the hub. */
interface Reach {
  urls: Urls;
  lan: RunningLan | null;
  keys: HubKeys | null;
  /** With which the hub's own command line signs in. */
  secret: string | null;
}

/** Lowers the limits to the file descriptors that the system allows this process. */
function fitted(limits: HubLimits): HubLimits {
  const socketsMax = customerSocketsMax(limits, descriptorLimit());
  return { ...limits, customers: { ...limits.customers, socketsMax } };
}

/** Names under which other machines reach the customers' listener; none when it is on loopback. */
function customerHosts({ customers }: HubOptions): string[] {
  const host = customers?.host ?? null;
  if (host === null || isLoopback(host)) return [];
  return (host === '0.0.0.0' ? ownAddresses() : [host]).map(inUrl);
}

function urlsOf(options: HubOptions, { agents, customers }: Listeners): Urls {
  const { publicUrl } = options.customers ?? {};
  const own = `http://${customerHosts(options)[0] ?? inUrl(options.host)}:${customers.port}`;
  return {
    agentUrl: `ws://${inUrl(options.host)}:${agents.port}/ws`,
    customerUrl: `${publicUrl?.origin ?? own}/chat`,
  };
}

/** The first is for this machine. */
function apiUrlsOf({ agentUrl }: Urls, lan: RunningLan | null): string[] {
  const own = agentUrl.replace(/^ws:(.*)\/ws$/, 'http:$1');
  return [own, ...(lan?.addresses ?? []).map((each) => `https://${each}`)].map((each) => `${each}/api/v1`);
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function runningLan({ lan }: HubOptions, keys: HubKeys | null, listeners: Listeners): RunningLan | null {
  const { lan: listener } = listeners;
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

/** A code is handed out only once it is durable, so that the hub still knows it after a crash. */
async function durably<T>(hub: Hub, work: () => T | Promise<T>): Promise<T> {
  const result = await work();
  await hub.outbox.durable(hub.state.seq);
  return result;
}
