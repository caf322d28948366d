import type { PassphraseRefusal } from './entrance/passphrases';
import type { SetUpOptions } from './entrance/set-up';
import type { HubStartError } from './hub-start-error';
import type { Discovery } from './listen/discovery';
import type { Others } from './session/session';

/** How a hub is opened. */
export interface HubOptions extends SetUpOptions {
  /** The data folder, or null for a memory-only hub (tests, sample data). */
  dataFolder: string | null;
  /** Loopback only for now: `127.0.0.1` or `::1`. */
  host: string;
  /** 0 lets the system choose. */
  agentPort: number;
  customerPort: number;
  /** How customers on other machines reach the hub; absent: they don't. */
  customers?: {
    /** Where their plain HTTP listener binds: an address of this machine, or `0.0.0.0` for all of them. */
    host: string | null;
    trustedProxies: readonly string[];
    publicUrl: URL | null;
  };
  /**
   * Where desktops on other machines join, over TLS with the hub's own certificate: an address of this machine or
   * `0.0.0.0` for all of them. Null: they can't. Needs a data folder.
   */
  lan: { host: string; port: number; advertise: Discovery['advertise'] } | null;
  /** Folders with the built pages, served by the two listeners. */
  pages: { workstation: string; customer: string };
}

/** How other machines reach the hub. */
export interface RunningLan {
  /** As configured: `0.0.0.0` means all addresses of this machine. */
  host: string;
  /** `host:port`, the one most likely reachable first. */
  addresses: string[];
  /** Of its certificate, as base64url SHA-256. */
  readonly fingerprint: string;
}

/** A running hub: both listeners open, recovered, answering. */
export interface RunningHub {
  agentUrl: string;
  customerUrl: string;
  lan: RunningLan | null;
  /** How many are connected from elsewhere: agents on other machines, and customers. */
  others(): Others;
  /** A one-time code for a device of the agent of this name, who is created if missing. */
  addAgent(name: string): Promise<{ agentId: string; code: string; expiresAt: number }>;
  /** A one-time code for a further device of the first supervisor. */
  supervisorCode(): Promise<string>;
  /** Replaces a lost passphrase, `name`'s where there are several supervisors. Null when done, else why not. */
  resetPassphrase(passphrase: string, name?: string): Promise<PassphraseRefusal | null>;
  /** The machine has woken after `sleptMs`: deadlines that passed meanwhile count as no agent's miss (TM1). */
  slept(sleptMs: number): void;
  /** Resolves when the hub has closed by itself because its data is damaged. */
  readonly ended: Promise<HubStartError>;
  /** Closes sessions with `hubStopping`, syncs open files, frees the data folder. */
  stop(): Promise<void>;
}
