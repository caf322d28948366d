import type { Clock } from '../../shared/client/clock';
import type { Discovery } from '../hub/listen/discovery';
import type { Log } from '../hub/ports';
import type { HubChild } from './hub-process';

/** The app's dependencies on the outside: real ones in `main/index.ts`, test doubles in the end-to-end tests. */
export interface AppPorts {
  clock: Clock;
  /** Starts the process for a hub. */
  forkHub(): HubChild;
  /** The folder of this desktop's profile, window place and hub; null takes the system's usual one. */
  userData: string | null;
  /** The ports a new hub tries; port 0 lets the system choose. Later starts use the same ports. */
  hubPorts: { agent: number; customer: number; lan: { host: string; port: number } };
  /** Finding hubs on the LAN. */
  openDiscovery(log: Log): Pick<Discovery, 'browse'>;
  /** Where the log goes, once the folder is known. */
  openLog(folder: string): Log;
  /** Shows a notification of the system. */
  notify(request: NotificationRequest): ShownNotification;
  /** Asks whether to quit although others are connected. */
  confirmQuit(question: Question): Promise<boolean>;
  /** Asks whether to open a link outside of Foyer. */
  confirmLink(question: Question): Promise<boolean>;
  /** Asks whether to reset the supervisor's passphrase. */
  confirmReset(question: Question): Promise<boolean>;
  /** This Electron version gets no security fixes any more. */
  isOutdated: boolean;
  /** Asks whether to reload a page that keeps crashing. */
  confirmReload(question: Question): Promise<boolean>;
  /** Lets the user pick a backup file; null if they cancel. */
  pickBackup(): Promise<string | null>;
}

export interface Question {
  title: string;
  body: string;
  /** The buttons' labels. */
  go: string;
  stay: string;
}

export interface NotificationRequest {
  title: string;
  body: string;
  clicked(): void;
  /** A button, on systems that support it; null for none. */
  action: { label: string; chosen(): void } | null;
}

export interface ShownNotification {
  close(): void;
}
