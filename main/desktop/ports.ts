import type { Clock } from '../../shared/client/clock';
import type { Discovery } from '../hub/listen/discovery';
import type { Log } from '../hub/ports';

/** What the app takes from outside: the real things in `main/index.ts`, hand-moved ones in the end-to-end tests. */
export interface AppPorts {
  /** The hub's time. */
  clock: Clock;
  /** `size` random bytes. */
  randomBytes(size: number): Uint8Array;
  /** The folder of this desktop's profile, window place and hub; null takes the system's usual one. */
  userData: string | null;
  /** Where a new hub listens first; port 0 lets the system choose. Kept from then on. */
  hubPorts: { agent: number; customer: number; lan: { host: string; port: number } };
  /** Finding hubs on the LAN, and being found. */
  openDiscovery(log: Log): Discovery;
  /** Where the log goes, once the folder is known. */
  openLog(folder: string): Log;
  /** Asks the system for a notification. */
  notify(request: NotificationRequest): ShownNotification;
  /** Asks whether to quit all the same. */
  confirmQuit(question: Question): Promise<boolean>;
  /** Asks whether to leave Foyer for what a link goes to. */
  confirmLink(question: Question): Promise<boolean>;
  /** Asks whether to set the supervisor's passphrase anew. */
  confirmReset(question: Question): Promise<boolean>;
  /** Whether Electron gets no security fixes any more. */
  isOutdated: boolean;
  /** Tells that the page has died again and again, and asks whether to load it once more. */
  confirmReload(question: Question): Promise<boolean>;
  /** Lets the person pick a backup; null when they picked none. */
  pickBackup(): Promise<string | null>;
}

export interface Question {
  title: string;
  body: string;
  /** The buttons' words. */
  go: string;
  stay: string;
}

export interface NotificationRequest {
  title: string;
  body: string;
  clicked(): void;
  /** A button on it, where the system has such; null for none. */
  action: { label: string; chosen(): void } | null;
}

export interface ShownNotification {
  close(): void;
}
