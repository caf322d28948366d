import { join } from 'node:path';
import * as z from 'zod';
import type { RecoveryChoice } from '../../shared/damage';
import type { CustomersPlace, HostingRequest, HostingState, ResetOutcome } from '../../shared/desktop-api';
import { HubStartError } from '../hub/hub-start-error';
import type { Discovery } from '../hub/listen/discovery';
import type { HubPorts } from '../hub/ports';
import type { HubOptions, RunningHub } from '../hub/running-hub';
import type { Others } from '../hub/session/session';
import { customersHere, customersOption, customersPlace } from './customers-place';
import { jsonFile } from './json-file';
import type { AppPorts } from './ports';

const port = z.number().int().min(1).max(65_535);
const keptHosting = z.strictObject({
  agentPort: port,
  customerPort: port,
  /** A hub from before other machines could join has none. */
  lan: z.strictObject({ host: z.string(), port }).nullable().default(null),
  /** As does one from before customers on other machines could come. */
  customers: customersPlace.default(customersHere),
});

type Kept = z.infer<typeof keptHosting>;
type LanPlace = NonNullable<Kept['lan']>;

export interface HostParts {
  /** The desktop's own folder; the hub's data is in `hub` below it. */
  folder: string;
  hubPorts: HubPorts;
  /** Tried first by a new hub; port 0 lets the system choose. */
  firstPorts: AppPorts['hubPorts'];
  pages: HubOptions['pages'];
  openHub(options: HubOptions, ports: HubPorts): Promise<RunningHub>;
  /** Says on the LAN that the hub is here. */
  advertise: Discovery['advertise'];
  /** Makes a damaged data folder fit to start from again. */
  recoverFolder(folder: string, kind: RecoveryChoice['kind']): Promise<void>;
  /** Puts a backup in the place of what is in the data folder, which may not be there yet. */
  restoreBackup(file: string, passphrase: string | null, folder: string): Promise<void>;
  /** Told when a hub starts or stops here: the machine must not fall asleep meanwhile. */
  running(isRunning: boolean): void;
  /** Told when it has closed by itself: why is in its state, and a person has to choose. */
  ended(): void;
}

/** The hub inside this app: at most one, the office's own or one with sample data. */
export interface HubHost {
  /** Of the hub that is, or would be, in this app. */
  readonly dataFolder: string;
  state(): HostingState;
  /** Who is connected to it from elsewhere; sample customers are nobody. */
  others(): Others;
  /** Starts the hub that was set up here before, if any. A failure is in its state. */
  resume(): Promise<HostingState>;
  recover(kind: RecoveryChoice['kind']): Promise<HostingState>;
  restore(backup: string, passphrase: string | null): Promise<HostingState>;
  host(request: HostingRequest): Promise<HostingState>;
  /** Where other machines reach the hub from now on, or nowhere. When that can't be, it stays as it was and is said. */
  setLan(lan: LanPlace | null): Promise<HostingState>;
  /** How customers come from now on; as with `setLan`. */
  setCustomers(customers: CustomersPlace): Promise<HostingState>;
  sample(): Promise<{ hosting: HostingState; code: string | null }>;
  /** For a lost one: whoever sits here owns the hub. */
  resetPassphrase(passphrase: string, name: string | null): Promise<Exclude<ResetOutcome, 'declined'>>;
  /** The machine slept for so long and is awake again. */
  slept(sleptMs: number): void;
  stop(): Promise<void>;
}

interface Open {
  hub: RunningHub;
  customers: CustomersPlace;
  kind: 'office' | 'sample';
}

export function createHubHost(parts: HostParts): HubHost {
  const { log } = parts.hubPorts;
  const dataFolder = join(parts.folder, 'hub');
  const kept = jsonFile(join(parts.folder, 'hosting.json'), keptHosting);
  let open: Open | null = null;
  let failure: HostingState | null = null;
  // One at a time: two clicks on "Set up" must not open two hubs on one folder.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const next = last.then(job, job);
    last = next.catch(() => {});
    return next;
  };

  const state = (): HostingState => {
    if (open) {
      const { agentUrl, customerUrl, lan } = open.hub;
      return { state: 'running', agentUrl, customerUrl, lan, customers: open.customers };
    }
    return failure ?? { state: 'off' };
  };

  type Places = Pick<HubOptions, 'agentPort' | 'customerPort' | 'setup'> & Pick<Kept, 'lan' | 'customers'>;
  const options = ({ lan, customers, ...more }: Places): HubOptions => ({
    dataFolder,
    host: '127.0.0.1',
    pages: parts.pages,
    sample: false,
    lan: lan && { ...lan, advertise: parts.advertise },
    customers: customersOption(customers),
    ...more,
  });

  const take = (next: Open) => {
    open = next;
    failure = null;
    parts.running(true);
    void next.hub.ended.then((why) => inTurn(async () => endedBy(next, why)));
  };

  const endedBy = (closed: Open, why: HubStartError) => {
    if (open !== closed) return;
    open = null;
    failure = failed(why);
    parts.running(false);
    parts.ended();
  };

  const attempt = async (job: () => Promise<Open>) => {
    try {
      take(await job());
    } catch (error) {
      failure = failed(error);
      log.error('hub.startFailed', failure.state === 'failed' ? { code: failure.code } : {});
    }
  };

  const closeOpen = async () => {
    const closing = open;
    open = null;
    if (!closing) return;
    parts.running(false);
    await closing.hub.stop();
  };

  const openOffice = async (request: HostingRequest | null): Promise<Open> => {
    const before = await kept.read();
    const setup = request && { ...request };
    const { agent: agentPort, customer: customerPort, lan } = parts.firstPorts;
    const wanted = before ?? { agentPort, customerPort, lan, customers: customersHere };
    let hub: RunningHub;
    try {
      hub = await parts.openHub(options({ ...wanted, setup }), parts.hubPorts);
    } catch (error) {
      // A first hub takes other ports when the usual ones are in use; a known one keeps its own, others rely on them.
      if (before !== null || !(error instanceof HubStartError) || error.code !== 'portInUse') throw error;
      const anyPort = { agentPort: 0, customerPort: 0, lan: { ...lan, port: 0 }, customers: customersHere };
      hub = await parts.openHub(options({ ...anyPort, setup }), parts.hubPorts);
    }
    await kept.write({
      agentPort: portOf(hub.agentUrl),
      // Its link may be a proxy's, on another port.
      customerPort: before?.customerPort ?? portOf(hub.customerUrl),
      lan: hub.lan && wanted.lan && { host: wanted.lan.host, port: portOf(`wss://${hub.lan.addresses[0]}`) },
      customers: wanted.customers,
    });
    return { hub, kind: 'office', customers: wanted.customers };
  };

  /** What could not be done leaves the folder as it was, and what was said about it true. */
  const openAfter = async (work: () => Promise<void>): Promise<HostingState> => {
    if (open) return state();
    try {
      await work();
    } catch (error) {
      log.error('hub.notRecovered', { message: error instanceof Error ? error.message : 'unknown' });
      return failed(error);
    }
    await attempt(() => openOffice(null));
    return state();
  };

  const openSample = async (): Promise<Open> => {
    const setup = {
      officeName: 'Sample office',
      supervisorName: 'Sample supervisor',
      passphrase: samplePassphrase(parts),
    };
    const hub = await parts.openHub(
      {
        ...options({ agentPort: 0, customerPort: 0, lan: null, customers: customersHere, setup }),
        dataFolder: null,
        sample: true,
      },
      parts.hubPorts,
    );
    return { hub, kind: 'sample', customers: customersHere };
  };

  /** Tries another place at once, and goes back to the one before when that can't be. */
  const reopen = (change: Partial<Pick<Kept, 'lan' | 'customers'>>): Promise<HostingState> =>
    inTurn(async () => {
      const before = await kept.read();
      if (open?.kind !== 'office' || before === null) return state();
      await closeOpen();
      await kept.write({ ...before, ...change });
      await attempt(() => openOffice(null));
      if (open) return state();
      const problem = state();
      await kept.write(before);
      await attempt(() => openOffice(null));
      return problem;
    });

  return {
    dataFolder,
    state,
    others: () => (open?.kind === 'office' ? open.hub.others() : { colleagues: 0, customers: 0 }),
    resume: () =>
      inTurn(async () => {
        if (open === null && (await kept.read()) !== null) await attempt(() => openOffice(null));
        return state();
      }),
    recover: (kind) => inTurn(() => openAfter(() => parts.recoverFolder(dataFolder, kind))),
    restore: (backup, passphrase) => inTurn(() => openAfter(() => parts.restoreBackup(backup, passphrase, dataFolder))),
    host: (request) =>
      inTurn(async () => {
        if (open?.kind === 'sample') await closeOpen();
        if (open === null) await attempt(() => openOffice(request));
        return state();
      }),
    setLan: (lan) => reopen({ lan }),
    setCustomers: (customers) => reopen({ customers }),
    sample: () =>
      inTurn(async () => {
        if (open === null) await attempt(openSample);
        const code = open?.kind === 'sample' ? await open.hub.supervisorCode() : null;
        return { hosting: state(), code };
      }),
    resetPassphrase: (passphrase, name) =>
      inTurn(async () => {
        if (open?.kind !== 'office') return 'notHere';
        const refusal = await open.hub.resetPassphrase(passphrase, name ?? undefined);
        if (refusal === null) return 'reset';
        if (refusal.code === 'nameNeeded' || refusal.code === 'unknownAgent') return refusal.code;
        throw new Error(refusal.message);
      }),
    slept: (sleptMs) => open?.hub.slept(sleptMs),
    stop: () => inTurn(closeOpen),
  };
}

function failed(error: unknown): HostingState {
  if (error instanceof HubStartError) {
    const { code, message, damage } = error;
    return { state: 'failed', code, message, damage };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { state: 'failed', code: 'unexpected', message, damage: null };
}

function portOf(address: string): number {
  return Number(new URL(address).port);
}

/** Nobody ever types it: the sample's supervisor signs in by a code. */
function samplePassphrase(parts: HostParts): string {
  return Buffer.from(parts.hubPorts.randomBytes(24)).toString('base64url');
}
