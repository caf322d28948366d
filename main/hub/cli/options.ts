import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import type { RecoveryChoice } from '../../../shared/damage';
import { parsedUrl } from '../../../shared/parsed-url';
import { nameMax } from '../../../shared/protocol/limits';
import type { HubOptions } from '../running-hub';

export interface CliOptions {
  command:
    | { name: 'serve' }
    | { name: 'addAgent'; agentName: string }
    | { name: 'verify' }
    | { name: 'index' }
    | { name: 'backup'; plain: boolean }
    | { name: 'resetPassphrase'; supervisor: string | undefined }
    | { name: 'rotateKey'; finish: boolean }
    | { name: 'restore'; file: string }
    | { name: 'recover'; how: RecoveryChoice['kind'] }
    | { name: 'simulateYear'; seed: number; conversations: number }
    | { name: 'help' };
  data: string;
  dataGiven: boolean;
  host: string;
  port: number;
  customerPort: number;
  customers: NonNullable<HubOptions['customers']>;
  lan: { host: string; port: number } | null;
  json: boolean;
  demo: boolean;
}

export const helpText = `Foyer's hub without a window.

  npm run hub -- [options]                       start the hub; Ctrl C or SIGTERM ends it
  npm run hub -- add-agent NAME --data DIR       print a one-time code for NAME's next device, also while the hub runs
  npm run hub -- verify --data DIR               check every checksum and rule in the folder; the hub must not run
  npm run hub -- index --data DIR                make the history's index anew; the hub must not run. It is only for speed
  npm run hub -- backup --data DIR               make and check one file in DIR/backups, also while the hub runs; it is
                                                 encrypted with FOYER_BACKUP_PASSPHRASE, which is asked for otherwise
  npm run hub -- backup --plain --data DIR       the same without a passphrase: whoever has the file can read it
  npm run hub -- restore FILE --data DIR         put a backup in the place of what is there, which goes to quarantine
  npm run hub -- reset-passphrase [NAME] --data DIR
                                                 set the lost passphrase of a supervisor (NAME, where there are several)
                                                 to FOYER_PASSPHRASE, also while the hub runs
  npm run hub -- rotate-key --data DIR           the next key of a hub that other machines reach (--lan); desktops that
                                                 connect within 30 days follow it
  npm run hub -- rotate-key finish --data DIR    end the old key now; who has not connected since has to join again
  npm run hub -- recover cut --data DIR          end a damaged journal before the damage; what is cut goes to quarantine
  npm run hub -- recover snapshot --data DIR     start from the last saved state, and leave the journal aside
  npm run hub -- simulate-year --data DIR        fill a new folder with a made-up year of an office's work, to try out what
                                                 that weighs; some minutes

Options
  --data DIR             the data folder (default: data)
  --host ADDR            127.0.0.1 (default) or ::1
  --port N               the agents' port (default: 7800; 0 takes any free one)
  --customer-port N      the customers' port (default: 7801; 0 takes any free one)
  --customer-host ADDR   let customers on the network come over plain HTTP, which anybody there can read: an address of
                         this machine, 0.0.0.0 for all
  --public-url URL       where customers find the chat behind a reverse proxy, for example https://chat.example.com
  --trusted-proxy ADDR   the proxy's own address, whose X-Forwarded-For, -Host and -Proto are believed; may be repeated
  --lan ADDR             let desktops on other machines join, over TLS: an address of this machine, 0.0.0.0 for all
  --lan-port N           their port (default: 7802; 0 takes any free one)
  --json                 print one line of JSON when it listens: {"ready":true,"agent":"ws://…","customer":"http://…"}
  --conversations N      how many conversations simulate-year makes (default: 200000)
  --seed N               the same seed makes the same year (default: 1)
  --demo                 a sample team with simulated customers, in memory unless --data is given
  --help                 this text

Set-up without a person, for a data folder that is new
  FOYER_PASSPHRASE       the supervisor's passphrase, at least 12 characters, and none of the commonest
  FOYER_OFFICE           the office's name (default: Office)
  FOYER_SUPERVISOR       the supervisor's name (default: Supervisor)

Exit codes
  0 ended as asked · 1 unexpected · 2 wrong options · 3 port in use · 4 folder can't be written to · 5 folder in use
  6 set-up needed · 7 passphrase too short or too common · 8 not a loopback address · 9 data damaged · 10 data of a newer Foyer
  11 not a backup, or not a whole one · 12 not an address of this machine · 13 another passphrase than the backup's
  14 another user can write what is in the folder`;

/** Invalid options; `message` says what to type instead. */
export class UsageError extends Error {}

export function readOptions(args: string[]): CliOptions {
  const { values, positionals } = parse(args);
  const port = (name: 'port' | 'customer-port' | 'lan-port', initial: number) => {
    const text = values[name];
    if (text === undefined) return initial;
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
      throw new UsageError(`--${name} takes a number from 0 to 65535, for example --${name} ${initial}.`);
    return Number(text);
  };
  return {
    command: values.help ? { name: 'help' } : readCommand(positionals, values),
    data: values.data ?? 'data',
    dataGiven: values.data !== undefined,
    host: values.host ?? '127.0.0.1',
    port: port('port', 7800),
    customerPort: port('customer-port', 7801),
    customers: {
      host: values['customer-host'] ?? null,
      publicUrl: readPublicUrl(values['public-url']),
      trustedProxies: (values['trusted-proxy'] ?? []).map(readAddress),
    },
    lan: values.lan === undefined ? null : { host: values.lan, port: port('lan-port', 7802) },
    json: values.json ?? false,
    demo: values.demo ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        'customer-port': { type: 'string' },
        'customer-host': { type: 'string' },
        'public-url': { type: 'string' },
        'trusted-proxy': { type: 'string', multiple: true },
        lan: { type: 'string' },
        'lan-port': { type: 'string' },
        json: { type: 'boolean' },
        plain: { type: 'boolean' },
        demo: { type: 'boolean' },
        conversations: { type: 'string' },
        seed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const reason = (error as Error).message.split('. ')[0];
    throw new UsageError(`${reason}. Type "npm run hub -- --help" for all options.`);
  }
}

function readPublicUrl(text: string | undefined): URL | null {
  if (text === undefined) return null;
  const url = parsedUrl(text);
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url;
  throw new UsageError('--public-url takes a scheme and a name, for example --public-url https://chat.example.com.');
}

function readAddress(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new UsageError(`--trusted-proxy takes an IP address, not ${text}; for example --trusted-proxy 127.0.0.1.`);
}

type Values = ReturnType<typeof parse>['values'];

function readYear({ seed, conversations }: Values): CliOptions['command'] {
  const whole = (option: string, text: string | undefined, initial: number, min: number) => {
    if (text === undefined) return initial;
    if (!/^\d{1,9}$/.test(text) || Number(text) < min)
      throw new UsageError(`--${option} takes a whole number from ${min}, for example --${option} ${initial}.`);
    return Number(text);
  };
  const conversationCount = whole('conversations', conversations, 200_000, 1);
  return { name: 'simulateYear', seed: whole('seed', seed, 1, 0), conversations: conversationCount };
}

function readCommand(positionals: string[], values: Values): CliOptions['command'] {
  const [name, agentName, ...more] = positionals;
  const { plain = false, seed, conversations } = values;
  if (name === 'simulate-year' && agentName === undefined) return readYear(values);
  if (seed !== undefined || conversations !== undefined)
    throw new UsageError('--seed and --conversations go with simulate-year only.');
  if (plain && name !== 'backup') throw new UsageError('--plain goes with backup only.');
  if (name === undefined) return { name: 'serve' };
  if ((name === 'verify' || name === 'index') && agentName === undefined) return { name };
  if (name === 'backup' && agentName === undefined) return { name, plain };
  if (name === 'reset-passphrase' && more.length === 0) return { name: 'resetPassphrase', supervisor: agentName };
  if (name === 'rotate-key') {
    if (agentName === undefined || (agentName === 'finish' && more.length === 0))
      return { name: 'rotateKey', finish: agentName === 'finish' };
    throw new UsageError('Type "rotate-key", and later "rotate-key finish".');
  }
  if (name === 'restore') {
    if (agentName !== undefined && more.length === 0) return { name, file: agentName };
    throw new UsageError('Type the backup to restore: npm run hub -- restore backups/foyer-….tar.gz --data DIR');
  }
  if (name === 'recover') {
    if ((agentName === 'cut' || agentName === 'snapshot') && more.length === 0) return { name, how: agentName };
    throw new UsageError('Type "recover cut" or "recover snapshot"; verify says what each of them loses.');
  }
  if (name !== 'add-agent')
    throw new UsageError(`There is no command "${name}". Type "npm run hub -- --help" for all of them.`);
  if (!agentName?.trim() || more.length > 0 || agentName.trim().length > nameMax)
    throw new UsageError('Type one name, in quotes if it has spaces: npm run hub -- add-agent "Mei Chen" --data DIR');
  return { name: 'addAgent', agentName: agentName.trim() };
}
