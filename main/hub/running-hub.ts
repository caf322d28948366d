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
  /** How customers on other machines come; left out, they don't. */
  customers?: {
    /** Where their listener is open, over plain HTTP: an address of this machine, or `0.0.0.0` for all of them. */
    host: string | null;
    trustedProxies: readonly string[];
    publicUrl: URL | null;
  };
  /**
   * Where desktops on other machines join, over TLS with the hub's own certificate: an address of this machine or
   * `0.0.0.0` for all of them. Null: not at all. Needs a data folder.
   */
  lan: { host: string; port: number; advertise: Discovery['advertise'] } | null;
  /** Folders with the built pages, served by the two listeners. */
  pages: { workstation: string; customer: string };
}

/** How other machines reach the hub. */
export interface RunningLan {
  /** As asked for: `0.0.0.0` means all of this machine's. */
  host: string;
  /** `host:port`, the likeliest first. */
  addresses: string[];
  /** Of its certificate, as base64url SHA-256. */
  readonly fingerprint: string;
}

/** A running hub: both listeners open, recovered, answering. */
export interface RunningHub {
  agentUrl: string;
  customerUrl: string;
  lan: RunningLan | null;
  /** Who is connected from elsewhere: agents on other machines, and customers. */
  others(): Others;
  /** A one-time code for a device of the agent of this name, made when there is none. */
  addAgent(name: string): Promise<{ agentId: string; code: string; expiresAt: number }>;
  /** A one-time code for a further device of the first supervisor. */
  supervisorCode(): Promise<string>;
  /** Sets a lost one anew, `name`'s where there are several supervisors. Null when it holds, else why not. */
  resetPassphrase(passphrase: string, name?: string): Promise<PassphraseRefusal | null>;
  /** The machine slept for so long and is awake again: what ran out meanwhile counts as no agent's miss (TM1). */
  slept(sleptMs: number): void;
  /** Resolves when the hub has closed by itself, because what is on its disk is damaged. */
  readonly ended: Promise<HubStartError>;
  /** Closes sessions with `hubStopping`, syncs what is open, frees the data folder. */
  stop(): Promise<void>;
}
