import type { RecoveryChoice } from '../../shared/damage';
import type { CustomersPlace, HostingRequest, HostingState, ResetOutcome } from '../../shared/desktop-api';
import { HubStartError } from '../hub/hub-start-error';
import type { HubPorts } from '../hub/ports';
import type { Others } from '../hub/session/session';
import { type HostedHub, type HubOpening, hubDataFolder, openOfficeHub, openSampleHub } from './hosted-hub';
import { type HostingPlaces, hostingFile, type LanPlace } from './hosting-file';
import { HubProcessGone } from './hub-process';
import { oneAtATime } from './one-at-a-time';

/** A hub whose process ends more often than this within a minute is not started again without asking. */
const restartsMax = 3;
const restartsWithinMs = 60_000;

export interface HostParts extends HubOpening, Pick<HubPorts, 'clock' | 'log'> {
  /** Repairs a damaged data folder so that a hub can start from it. */
  recoverFolder(folder: string, kind: RecoveryChoice['kind']): Promise<void>;
  /** Replaces the data folder, which may not exist yet, by a backup. */
  restoreBackup(file: string, passphrase: string | null, folder: string): Promise<void>;
  /** Called when a hub starts or stops here: the machine must stay awake while one runs. */
  running(isRunning: boolean): void;
  /** Called when the hub has closed by itself: its state says why, and the user has to choose what to do. */
  ended(): void;
}

/** The hub of this app, in a process of its own: at most one, the office's own or one with sample data. */
export interface HubHost {
  /** The data folder of this app's hub, which may not exist yet. */
  readonly dataFolder: string;
  state(): HostingState;
  /** How many colleagues and customers are connected to the office's hub from elsewhere; none with sample data. */
  others(): Promise<Others>;
  /** Starts the hub that was set up here before, if any. A failure is in its state. */
  resume(): Promise<HostingState>;
  recover(kind: RecoveryChoice['kind']): Promise<HostingState>;
  restore(backup: string, passphrase: string | null): Promise<HostingState>;
  host(request: HostingRequest): Promise<HostingState>;
  /** Where other machines reach the hub from now on, null for nowhere. If that fails, the hub stays where it was. */
  setLan(lan: LanPlace | null): Promise<HostingState>;
  /** How customers reach the hub from now on; as with `setLan`. */
  setCustomers(customers: CustomersPlace): Promise<HostingState>;
  sample(): Promise<{ hosting: HostingState; code: string | null }>;
  /** For a lost passphrase: the hub belongs to the person at this machine. */
  resetPassphrase(passphrase: string, name: string | null): Promise<Exclude<ResetOutcome, 'declined'>>;
  /** The machine slept for so long and is awake again. */
  slept(sleptMs: number): void;
  stop(): Promise<void>;
}

type FailedHosting = Extract<HostingState, { state: 'failed' }>;
type Stage = { name: 'off' } | { name: 'open'; hosted: HostedHub } | { name: 'failed'; failure: FailedHosting };

export function createHubHost(parts: HostParts): HubHost {
  // Two clicks on "Set up" must not open two hubs on one folder.
  const inTurn = oneAtATime();
  const hosting = createHosting(parts, inTurn);
  const { state, hosted } = hosting;
  const dataFolder = hubDataFolder(parts.folder);
  const office = () => (hosted()?.kind === 'office' ? hosted() : null);
  return {
    dataFolder,
    state,
    others: async () => office()?.hub.others() ?? { colleagues: 0, customers: 0 },
    resume: () => inTurn(hosting.resume),
    recover: (kind) => inTurn(() => hosting.openAfter(() => parts.recoverFolder(dataFolder, kind))),
    restore: (backup, passphrase) =>
      inTurn(() => hosting.openAfter(() => parts.restoreBackup(backup, passphrase, dataFolder))),
    host: (request) =>
      inTurn(async () => {
        if (hosted()?.kind === 'sample') await hosting.close();
        if (hosted() === null) await hosting.openOffice(request);
        return state();
      }),
    setLan: (lan) => inTurn(() => hosting.move({ lan })),
    setCustomers: (customers) => inTurn(() => hosting.move({ customers })),
    sample: () =>
      inTurn(async () => {
        if (hosted() === null) await hosting.openSample();
        const open = hosted();
        const code = open?.kind === 'sample' ? await open.hub.supervisorCode() : null;
        return { hosting: state(), code };
      }),
    resetPassphrase: (passphrase, name) =>
      inTurn(async () => office()?.hub.resetPassphrase(passphrase, name) ?? 'notHere'),
    slept: (sleptMs) => hosted()?.hub.slept(sleptMs),
    stop: () => inTurn(hosting.close),
  };
}

/** Opens and closes the hub, and holds the resulting state. Its calls must not overlap. */
function createHosting(parts: HostParts, inTurn: ReturnType<typeof oneAtATime>) {
  const { log, clock } = parts;
  const file = hostingFile(parts.folder);
  let stage: Stage = { name: 'off' };
  let restartsAt: number[] = [];

  const hosted = () => (stage.name === 'open' ? stage.hosted : null);

  function state(): HostingState {
    switch (stage.name) {
      case 'open': {
        const { agentUrl, customerUrl, lan } = stage.hosted.hub;
        return { state: 'running', agentUrl, customerUrl, lan, customers: stage.hosted.customers };
      }
      case 'failed':
        return stage.failure;
      case 'off':
        return { state: 'off' };
    }
  }

  /** A failure is in the state. */
  async function open(job: () => Promise<HostedHub>): Promise<void> {
    try {
      const opened = await job();
      stage = { name: 'open', hosted: opened };
      parts.running(true);
      void opened.hub.ended.then((why) => inTurn(() => endedByItself(opened, why)));
    } catch (error) {
      if (error instanceof HubProcessGone && mayRestart(error)) return open(job);
      const failure = failureOf(error);
      stage = { name: 'failed', failure };
      log.error('hub.startFailed', { code: failure.code });
    }
  }

  /** The hub's process has ended: it is started again from the disk, where clients find it and resume. */
  async function endedByItself({ hub, kind }: HostedHub, why: HubProcessGone | HubStartError): Promise<void> {
    if (hosted()?.hub !== hub) return;
    if (why instanceof HubStartError) await hub.stop();
    // The sample's data ended with its process.
    const isLost = why instanceof HubStartError || kind === 'sample' || !mayRestart(why);
    if (isLost) stage = { name: 'failed', failure: failureOf(why, kind) };
    else await openOffice(null);
    if (hosted()) return;
    parts.running(false);
    parts.ended();
  }

  /** Counts a restart; false when there were too many. */
  function mayRestart({ code }: HubProcessGone): boolean {
    log.error('hub.processGone', { code });
    restartsAt = restartsAt.filter((at) => at > clock.now() - restartsWithinMs);
    if (restartsAt.length === restartsMax) return false;
    restartsAt.push(clock.now());
    return true;
  }

  async function close(): Promise<void> {
    const closing = hosted();
    if (!closing) return;
    stage = { name: 'off' };
    parts.running(false);
    await closing.hub.stop();
  }

  const openOffice = (request: HostingRequest | null) => open(() => openOfficeHub(parts, file, request));

  return {
    state,
    hosted,
    close,
    openOffice,
    openSample: () => open(() => openSampleHub(parts)),
    async resume(): Promise<HostingState> {
      restartsAt = [];
      if (hosted() === null && (await file.read()) !== null) await openOffice(null);
      return state();
    },
    /** If the work fails, the folder and the state are as before. */
    async openAfter(work: () => Promise<void>): Promise<HostingState> {
      if (hosted()) return state();
      try {
        await work();
      } catch (error) {
        log.error('hub.notRecovered', { message: error instanceof Error ? error.message : 'unknown' });
        return failureOf(error);
      }
      await openOffice(null);
      return state();
    },
    /** Opens the office's hub in another place, or in the old one if that fails; the failure is returned. */
    async move(change: Partial<Pick<HostingPlaces, 'lan' | 'customers'>>): Promise<HostingState> {
      const before = await file.read();
      if (hosted()?.kind !== 'office' || before === null) return state();
      await close();
      await file.write({ ...before, ...change });
      await openOffice(null);
      if (hosted()) return state();
      const failure = state();
      await file.write(before);
      await openOffice(null);
      return failure;
    },
  };
}

const goneMessages = {
  office:
    'The hub has stopped again and again, so it is no longer started by itself. What it has acknowledged is saved.',
  sample:
    'The sample hub has stopped, and its data, which was in memory only, is gone. Start Foyer again for a new one.',
};

function failureOf(error: unknown, kind: HostedHub['kind'] = 'office'): FailedHosting {
  if (error instanceof HubStartError) {
    const { code, message, damage } = error;
    return { state: 'failed', code, message, damage };
  }
  if (error instanceof HubProcessGone)
    return { state: 'failed', code: 'processGone', message: goneMessages[kind], damage: null };
  const message = error instanceof Error ? error.message : String(error);
  return { state: 'failed', code: 'unexpected', message, damage: null };
}
