import type { Discovery } from '../hub/listen/discovery';
import type { openHub } from '../hub/open-hub';
import type { HubPorts, Log } from '../hub/ports';
import type { HubOptions, RunningHub } from '../hub/running-hub';
import { recoverFolder } from '../hub/store/recover-folder';
import { restoreBackup } from '../hub/store/restore-backup';
import type { StartWriter } from '../hub/store/writer-messages';
import { kindOf } from '../hub/system/error-kind';
import { checkCall } from './call-arguments';
import { customersOption } from './customers-place';
import {
  type FromHub,
  failureOf,
  type HostedHubOptions,
  type HubCalls,
  hubArguments,
  startFailureOf,
  toHub,
} from './hub-calls';

/** The way to the app: Electron's `process.parentPort`. */
export interface ParentPort {
  postMessage(message: FromHub): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

export interface ServicePorts extends Omit<HubPorts, 'log'> {
  openHub: typeof openHub;
  startWriter: StartWriter;
  openDiscovery(log: Log): Pick<Discovery, 'advertise'>;
}

/** Answers a call whose arguments have passed `hubArguments`. */
type Checked = (...args: unknown[]) => Promise<unknown>;

/** Answers the app's calls, in the process of the hub. Returns the app's log. */
export function serveHub(app: ParentPort, ports: ServicePorts): Log {
  const log = appLog(app);
  const handlers = hubHandlers(app, ports, log);
  const answered = async (message: unknown): Promise<FromHub | null> => {
    const asked = toHub.safeParse(message).data;
    if (!asked) {
      log.error('hub.callRefused', { reason: 'no call' });
      return null;
    }
    const { number } = asked;
    try {
      const call = checkCall(hubArguments, asked.name, asked.args);
      if (!call.ok) throw new Error(call.reason);
      return { number, answer: await (handlers[call.name] as unknown as Checked)(...call.args) };
    } catch (error) {
      return { number, failure: failureOf(error) };
    }
  };
  app.on('message', ({ data }) => {
    void answered(data).then((answer) => answer && app.postMessage(answer));
  });
  return log;
}

function hubHandlers(app: ParentPort, ports: ServicePorts, log: Log): HubCalls {
  let open: RunningHub | null = null;
  const hub = () => {
    if (!open) throw new Error('no hub is open');
    return open;
  };
  return {
    async 'hub.open'(options) {
      if (open) throw new Error('a hub is open');
      open = await ports.openHub(hubOptions(options, ports.openDiscovery(log)), { ...ports, log });
      void open.ended.then((why) => app.postMessage({ ended: startFailureOf(why) }));
      const { agentUrl, customerUrl, lan } = open;
      return { agentUrl, customerUrl, lan: lan && { host: lan.host, addresses: lan.addresses } };
    },
    'hub.others': async () => hub().others(),
    'hub.supervisorCode': async () => hub().supervisorCode(),
    async 'hub.resetPassphrase'(passphrase, name) {
      const refusal = await hub().resetPassphrase(passphrase, name ?? undefined);
      if (refusal === null) return 'reset';
      if (refusal.code === 'nameNeeded' || refusal.code === 'unknownAgent') return refusal.code;
      throw new Error(refusal.message);
    },
    'hub.slept': async (sleptMs) => hub().slept(sleptMs),
    'hub.stop': async () => hub().stop(),
    'folder.recover': (folder, kind) => recoverFolder(folder, kind),
    async 'folder.restore'(backup, passphrase, folder) {
      await restoreBackup(backup, folder, ports.clock.now(), passphrase);
    },
  };
}

function hubOptions(options: HostedHubOptions, { advertise }: Pick<Discovery, 'advertise'>): HubOptions {
  const { lan, customers, ...rest } = options;
  return {
    ...rest,
    host: '127.0.0.1',
    lan: lan && { ...lan, advertise },
    customers: customersOption(customers),
  };
}

/** The app writes the log: one process a file. */
function appLog(app: ParentPort): Log {
  const entry = (level: 'info' | 'warn' | 'error') => (event: string, detail?: Record<string, unknown>) =>
    app.postMessage({ log: level, event, ...(detail && { detail }) });
  return { info: entry('info'), warn: entry('warn'), error: entry('error') };
}

/** How the hub's process ends: by its app, with its app, or by an error, after which the app starts another. */
export function endWithApp(log: Log): void {
  // Sent to every process when the session ends, or by Ctrl C: the app is told too, and closes its hub in order.
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
  process.on('uncaughtException', (error) => {
    log.error('hub.crashed', { ...kindOf(error) });
    // After the message has gone out.
    setImmediate(() => process.exit(1));
  });
  // Electron would only print it.
  process.on('unhandledRejection', (error) => {
    throw error;
  });
}
