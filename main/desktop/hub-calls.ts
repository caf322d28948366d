import * as z from 'zod';
import type { HostingRequest, ResetOutcome } from '../../shared/desktop-api';
import { HubStartError, hubStartCodes } from '../hub/hub-start-error';
import type { Others } from '../hub/session/session';
import { type ArgumentsOf, hostingRequest } from './call-arguments';
import { customersPlace } from './customers-place';

/** How the hub in this app is opened; everything in it can be sent to another process. */
export interface HostedHubOptions {
  /** Null: in memory only, for sample data. */
  dataFolder: string | null;
  /** 0 lets the system choose. */
  agentPort: number;
  customerPort: number;
  /** Where desktops on other machines join; null: they can't. */
  lan: { host: string; port: number } | null;
  customers: z.infer<typeof customersPlace>;
  /** Folders with the built pages. */
  pages: { workstation: string; customer: string };
  /** Needed when the data folder is new. */
  setup: HostingRequest | null;
  sample: boolean;
}

/** Where an opened hub is reached. */
export interface HubPlace {
  agentUrl: string;
  customerUrl: string;
  /** `addresses`: the likeliest first. */
  lan: { host: string; addresses: string[] } | null;
}

/** All that the app asks of the hub's process. Of one process, `hub.open` is called at most once. */
export interface HubCalls {
  /** Rejects with a `HubStartError` that a person can act on. */
  'hub.open': (options: HostedHubOptions) => Promise<HubPlace>;
  /** How many are connected from elsewhere. */
  'hub.others': () => Promise<Others>;
  'hub.supervisorCode': () => Promise<string>;
  'hub.resetPassphrase': (passphrase: string, name: string | null) => Promise<HubReset>;
  /** The machine slept for so long and is awake again. */
  'hub.slept': (sleptMs: number) => Promise<void>;
  /** Closes the hub in order: resolves when all is on disk and the folder is free. */
  'hub.stop': () => Promise<void>;
  /** Repairs a damaged data folder, on which no hub may run; as with `hub.restore`, rejects with a `HubStartError`. */
  'folder.recover': (folder: string, kind: 'cut' | 'snapshot') => Promise<void>;
  /** Replaces the data folder, which may not exist yet, by a backup. */
  'folder.restore': (backup: string, passphrase: string | null, folder: string) => Promise<void>;
}

export type HubReset = Exclude<ResetOutcome, 'declined' | 'notHere'>;

const path = z.string().min(1).max(32_768);
const port = z.number().int().min(0).max(65_535);
const place = { host: z.string().max(64) };
const passphrase = z.string().min(1).max(1_024);
const count = z.number().int().min(0);

/** The arguments of every call, checked by the hub's process; nothing else is accepted. */
export const hubArguments: ArgumentsOf<HubCalls> = {
  'hub.open': z.tuple([
    z.strictObject({
      dataFolder: path.nullable(),
      agentPort: port,
      customerPort: port,
      lan: z.strictObject({ ...place, port }).nullable(),
      customers: customersPlace,
      pages: z.strictObject({ workstation: path, customer: path }),
      setup: hostingRequest.nullable(),
      sample: z.boolean(),
    }),
  ]),
  'hub.others': z.tuple([]),
  'hub.supervisorCode': z.tuple([]),
  'hub.resetPassphrase': z.tuple([passphrase, z.string().max(1_024).nullable()]),
  'hub.slept': z.tuple([z.number().min(0)]),
  'hub.stop': z.tuple([]),
  'folder.recover': z.tuple([path, z.enum(['cut', 'snapshot'])]),
  'folder.restore': z.tuple([path, passphrase.nullable(), path]),
};

export type HubAnswer<K extends keyof HubCalls> = Awaited<ReturnType<HubCalls[K]>>;

/** The answers, checked by the app. */
export const hubAnswers: { [K in keyof HubCalls]: z.ZodType<HubAnswer<K>> } = {
  'hub.open': z.strictObject({
    agentUrl: z.string(),
    customerUrl: z.string(),
    lan: z.strictObject({ ...place, addresses: z.array(z.string()).min(1) }).nullable(),
  }),
  'hub.others': z.strictObject({ colleagues: count, customers: count }),
  'hub.supervisorCode': z.string(),
  'hub.resetPassphrase': z.enum(['reset', 'nameNeeded', 'unknownAgent']),
  'hub.slept': z.void(),
  'hub.stop': z.void(),
  'folder.recover': z.void(),
  'folder.restore': z.void(),
};

const damage = z.strictObject({
  file: z.string(),
  line: z.number().nullable(),
  why: z.string(),
  choices: z.array(
    z.strictObject({
      kind: z.enum(['cut', 'snapshot']),
      keepsSeq: z.number(),
      keepsAt: z.number(),
      losesRecords: z.number(),
    }),
  ),
});

const message = z.string();
/** A `HubStartError`, of which a structured clone would keep the message alone. */
const startFailure = z.strictObject({ code: z.enum(hubStartCodes), message, damage: damage.nullable() });
const failure = z.union([startFailure, z.strictObject({ message })]);
type StartFailure = z.infer<typeof startFailure>;
type Failure = z.infer<typeof failure>;

/** A call, numbered by the app. */
export const toHub = z.strictObject({ number: z.number().int(), name: z.unknown(), args: z.unknown() });
export type ToHub = z.infer<typeof toHub>;

/** What the hub's process says: the answer to a call, or something by itself. */
export const fromHub = z.union([
  z.strictObject({ number: z.number().int(), answer: z.unknown() }),
  z.strictObject({ number: z.number().int(), failure }),
  /** A line for the app's log. */
  z.strictObject({
    log: z.enum(['info', 'warn', 'error']),
    event: z.string(),
    detail: z.record(z.string(), z.unknown()).optional(),
  }),
  /** The hub has closed by itself because its data is damaged. */
  z.strictObject({ ended: startFailure }),
]);
export type FromHub = z.infer<typeof fromHub>;

export function failureOf(error: unknown): Failure {
  if (error instanceof HubStartError) return startFailureOf(error);
  return { message: error instanceof Error ? error.message : String(error) };
}

export function startFailureOf({ code, message, damage }: HubStartError): StartFailure {
  return { code, message, damage };
}

export function errorOf(failure: Failure): Error {
  return 'code' in failure ? startErrorOf(failure) : new Error(failure.message);
}

export function startErrorOf({ code, message, damage }: StartFailure): HubStartError {
  return new HubStartError(code, message, damage);
}
