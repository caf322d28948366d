import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { RecoveryChoice } from '../../../shared/damage';
import { refuseWeak, setupNeeded } from '../entrance/set-up';
import { HubStartError } from '../hub-start-error';
import { openDiscovery } from '../listen/discovery';
import { openHub } from '../open-hub';
import type { HubOptions } from '../running-hub';
import { indexFolder } from '../store/archive-index';
import { isDataFolder } from '../store/data-folder';
import { recoverFolder } from '../store/recover-folder';
import { verifyFolder } from '../store/verify-folder';
import type { FolderPorts, StartWriter } from '../store/writer-messages';
import { isLoopback } from '../system/addresses';
import { jsonLog, lineWriter } from '../system/log';
import { openSystemClock } from '../system/system-clock';
import { addAgentTo } from './add-agent';
import { backupFolder, newBackupPassphrase, restoreFolder } from './backup';
import { type CliOptions, helpText, readOptions, UsageError } from './options';
import { resetPassphrase } from './passphrase';
import { rotateKey } from './rotate-key';
import { fillYear } from './simulate-year';

const exitCodes: Record<HubStartError['code'], number> = {
  portInUse: 3,
  folderUnwritable: 4,
  folderLocked: 5,
  setupNeeded: 6,
  passphraseTooShort: 7,
  passphraseCommon: 7,
  notLoopback: 8,
  addressUnknown: 12,
  damaged: 9,
  newerFormat: 10,
  badBackup: 11,
  wrongPassphrase: 13,
  folderUnsafe: 14,
};

type Environment = Readonly<Record<string, string | undefined>>;

/** The headless hub. Resolves with the exit code when it has ended. */
export async function runCli(
  args: string[],
  env: Environment,
  pages: HubOptions['pages'],
  startWriter: StartWriter,
): Promise<number> {
  let isServing = false;
  try {
    const options = readOptions(args);
    isServing = options.command.name === 'serve';
    if (options.command.name === 'help') {
      process.stdout.write(`${helpText}\n`);
      return 0;
    }
    checkFolder(options, env);
    if (options.command.name === 'verify') return await verify(options.data);
    if (options.command.name === 'index') return await index(options.data);
    if (options.command.name === 'recover') return await recover(options.data, options.command.how);
    const clock = openSystemClock();
    if (options.command.name === 'restore') {
      const { file } = options.command;
      const { replaced } = await restoreFolder(file, options.data, env.FOYER_BACKUP_PASSPHRASE, clock.now());
      const before = replaced ? ` What was there before is in ${options.data}/quarantine.` : '';
      process.stdout.write(`${options.data} holds the backup now.${before}\n`);
      return 0;
    }
    const ports: FolderPorts = {
      clock,
      randomBytes: (size) => randomBytes(size),
      log: jsonLog(lineWriter(2)),
      startWriter,
    };
    if (options.command.name === 'simulateYear') {
      await fillYear(options.data, options.command, setupFrom(env) ?? demoSetup(), ports);
      return 0;
    }
    if (options.command.name === 'backup') {
      const passphrase = options.command.plain ? null : await newBackupPassphrase(env.FOYER_BACKUP_PASSPHRASE);
      const fileName = await backupFolder(options.data, passphrase, ports);
      process.stdout.write(`${join(options.data, 'backups', fileName)}\n`);
      return 0;
    }
    if (options.command.name === 'resetPassphrase') {
      const passphrase = env.FOYER_PASSPHRASE;
      if (!passphrase) throw new UsageError('Put the new passphrase into FOYER_PASSPHRASE, and type the same again.');
      await resetPassphrase(options.data, passphrase, options.command.supervisor, ports);
      process.stdout.write('The new passphrase holds from now on.\n');
      return 0;
    }
    if (options.command.name === 'rotateKey') {
      const { finish } = options.command;
      await rotateKey(options.data, finish, ports);
      process.stdout.write(`${finish ? 'The new key holds.' : 'The next key is made; it holds alone in 30 days.'}\n`);
      return 0;
    }
    if (options.command.name === 'addAgent')
      return await printCode(options, ports, setupFrom(env), options.command.agentName);
    return await serve(options, ports, env, pages);
  } catch (error) {
    return explain(error, isServing);
  }
}

/** Before anything is created, so that a mistyped folder is not left behind. */
function checkFolder({ command, data, dataGiven, demo }: CliOptions, env: Environment): void {
  if (command.name === 'restore' || command.name === 'simulateYear') return;
  if ((demo && command.name === 'serve' && !dataGiven) || isDataFolder(data)) return;
  const setup = command.name === 'serve' || command.name === 'addAgent' ? setupFrom(env) : null;
  if (setup) refuseWeak(setup.passphrase);
  else if (command.name !== 'serve')
    throw new UsageError(
      `There is no data folder ${data}, or it can't be read. Type the one that the hub uses: --data DIR`,
    );
  else if (!demo) throw setupNeeded();
}

async function serve(
  options: CliOptions,
  ports: FolderPorts,
  env: Environment,
  pages: HubOptions['pages'],
): Promise<number> {
  const ending = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  const hub = await openHub(
    {
      dataFolder: options.demo && !options.dataGiven ? null : options.data,
      host: options.host,
      agentPort: options.port,
      customerPort: options.customerPort,
      customers: options.customers,
      lan: options.lan && { ...options.lan, advertise: openDiscovery(ports.log).advertise },
      pages,
      setup: setupFrom(env) ?? (options.demo ? demoSetup() : null),
      sample: options.demo,
    },
    ports,
  );
  const ready = { ready: true, agent: hub.agentUrl, customer: hub.customerUrl, ...(hub.lan ? { lan: hub.lan } : {}) };
  if (options.json) process.stdout.write(`${JSON.stringify(ready)}\n`);
  else await greet(options, hub);
  const damage = await Promise.race([ending, hub.ended]);
  await hub.stop();
  if (damage) throw damage;
  return 0;
}

async function verify(folder: string): Promise<number> {
  const { lines, problems } = await verifyFolder(folder);
  process.stdout.write(`${[...lines, ...problems].join('\n')}\n`);
  return problems.length === 0 ? 0 : exitCodes.damaged;
}

async function index(folder: string): Promise<number> {
  process.stdout.write(`The index of ${await indexFolder(folder)} days is made.\n`);
  return 0;
}

async function recover(folder: string, how: RecoveryChoice['kind']): Promise<number> {
  await recoverFolder(folder, how);
  process.stdout.write(`${folder} starts again. What was given up is in ${folder}/quarantine.\n`);
  return 0;
}

async function greet(options: CliOptions, hub: Awaited<ReturnType<typeof openHub>>): Promise<void> {
  const agentPage = hub.agentUrl.replace(/^ws:/, 'http:').replace(/\/ws$/, '/');
  const lines = [
    options.demo ? "Foyer's hub is running with sample data." : "Foyer's hub is running.",
    `  Agents:    ${agentPage}   (in the app: ${hub.agentUrl})`,
    `  Customers: ${hub.customerUrl}`,
  ];
  const { host, publicUrl } = options.customers;
  if (host !== null && !isLoopback(host)) {
    lines.push(
      '  Warning: customers come over plain HTTP; whoever is on that network can read and change what they write.',
    );
    lines.push(
      '           For anything but a network you trust, put a proxy with a certificate in front: main/hub/listen/PROXY.md.',
    );
  }
  if (publicUrl?.protocol === 'http:')
    lines.push(
      '  Warning: the public address is plain HTTP; anybody on the way can read and change what customers write.',
    );
  if (hub.lan) lines.push(`  Desktops on other machines: ${hub.lan.addresses.join(' or ')}, by an invitation`);
  if (options.demo)
    lines.push(`  Sign in as the sample supervisor with this one-time code: ${await hub.supervisorCode()}`);
  else lines.push(`  A new agent: npm run hub -- add-agent NAME --data ${options.data}`);
  process.stdout.write(`${lines.join('\n')}\n  Ctrl C ends it.\n`);
}

async function printCode(
  options: CliOptions,
  ports: FolderPorts,
  setup: HubOptions['setup'],
  name: string,
): Promise<number> {
  const added = await addAgentTo(options.data, name, setup, ports);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(added)}\n`);
    return 0;
  }
  process.stdout.write(`${[added.code, ...(added.link ? [added.link] : [])].join('\n')}\n`);
  process.stderr.write(
    `The one-time code for ${name}${added.link ? ', and the same as a link' : ''}. It works once, within ten minutes.\n`,
  );
  return 0;
}

function setupFrom(env: Environment): HubOptions['setup'] {
  const passphrase = env.FOYER_PASSPHRASE;
  if (!passphrase) return null;
  return {
    officeName: env.FOYER_OFFICE?.trim() || 'Office',
    supervisorName: env.FOYER_SUPERVISOR?.trim() || 'Supervisor',
    passphrase,
  };
}

/** Sample data has no passphrase to sign in with: a one-time code is made. */
function demoSetup(): NonNullable<HubOptions['setup']> {
  return { officeName: 'Harbour Street', supervisorName: 'You', passphrase: randomBytes(24).toString('base64url') };
}

function explain(error: unknown, isServing: boolean): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  if (error instanceof HubStartError) {
    const hint =
      error.code === 'setupNeeded' ? ' Set FOYER_PASSPHRASE, the passphrase of its supervisor, and start again.' : '';
    process.stderr.write(`${error.message}${hint}\n`);
    return exitCodes[error.code];
  }
  const what = isServing ? 'The hub has stopped' : 'That did not work';
  process.stderr.write(`${what}: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}
