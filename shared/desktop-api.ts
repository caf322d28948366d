import type { Damage, RecoveryChoice } from './damage';
import type { UploadedFile } from './protocol/attachments';
import type { AgentStatus, Language } from './protocol/fields';

/**
 * All the page can ask of the desktop. `preload.ts` exposes it as `window.foyer`; in a plain browser it is absent
 * and the page works without it. Arguments are validated again in the main process.
 */

/** The hub and agent that this desktop is signed in as; written when the first run is complete. */
export interface Profile {
  mode: 'host' | 'join' | 'sample';
  /** The hub's `ws://host:port` on this machine, or `wss://host:port#fp=…` on another one, with its certificate. */
  agentUrl: string;
  deviceId: string;
  /**
   * This device's token. On the desktop always `heldToken`: the real one stays in the main process, and in the system's
   * keyring where there is one.
   */
  token: string;
}

/** Replaces the token in everything that the desktop's page sends and receives. */
export const heldToken = 'held-by-the-main-process';

/** As the user has chosen; `auto` follows the system. */
export type ColourScheme = 'light' | 'dark' | 'auto';

/** `notHere`: the office's hub runs on another machine. */
export type ResetOutcome = 'reset' | 'declined' | 'notHere' | 'nameNeeded' | 'unknownAgent';

export interface HostingRequest {
  officeName: string;
  supervisorName: string;
  passphrase: string;
}

/** How customers on other machines reach the hub; if both `host` and `publicUrl` are null, they can't. */
export interface CustomersPlace {
  /** For plain HTTP: an address of this machine, or `0.0.0.0` for all of them. */
  host: string | null;
  /** The address of the chat behind a reverse proxy: an https origin. */
  publicUrl: string | null;
  /** Addresses of the proxies whose `X-Forwarded-…` headers are trusted. */
  trustedProxies: string[];
}

export type HostingState =
  | { state: 'off' }
  | {
      state: 'running';
      agentUrl: string;
      customerUrl: string;
      /** How other machines reach it, the likeliest address first; null if they can't. */
      lan: { host: string; addresses: string[] } | null;
      customers: CustomersPlace;
    }
  /** `damage`: what is damaged, and the ways to start again. */
  | { state: 'failed'; code: string; message: string; damage: Damage | null };

export type PairResult =
  /** The address to sign in at. */
  | { ok: true; agentUrl: string }
  /** `impostor`: the peer does not know the code, which may also be mistyped. */
  | { ok: false; reason: 'unreachable' | 'wrongCode' | 'impostor' }
  | { ok: false; reason: 'tooManyTries'; retryAfterMs: number };

/** `code` as in the hub's refusal, or `linkLost`. */
export type FileResult<T> = { ok: true; value: T } | { ok: false; code: string };

/** Something that needs the agent's attention, in text ready to be shown. */
export interface DesktopAlert {
  alertId: string;
  conversationId: string;
  /** The customer's. */
  name: string;
  title: string;
  /** The beginning of the customer's first message. */
  body: string;
  group: string;
  /** Why this agent was chosen; may be empty. */
  why: string;
  /** The times of this machine's clock, in epoch milliseconds; `until` null rings without a limit. */
  waitingSince: number;
  shownAt: number;
  until: number | null;
  words: {
    /** Null if there is nothing to accept: the conversation is assigned already. */
    accept: string | null;
    open: string;
    /** With `{time}` in it. */
    waiting: string;
  };
  look: { language: Language; scheme: 'light' | 'dark' };
  /** When the card window shows it; `whileHidden`: the workstation's window. */
  card: 'whileHidden' | 'always' | 'never';
}

/** What the card window may ask of the desktop. */
export interface CardCalls {
  'cards.read': () => Promise<DesktopAlert[]>;
  'cards.accept': (alertId: string) => Promise<void>;
  'cards.open': (alertId: string) => Promise<void>;
}

export interface CardEvents {
  'cards.changed': { cards: DesktopAlert[] };
}

export interface DesktopCalls {
  'app.info': () => Promise<{
    version: string;
    /** This machine's name. */
    computer: string;
    electron: string;
    /** This Electron version gets no security fixes any more. */
    outdated: boolean;
    platform: string;
    secureTokens: boolean;
    sampleData: boolean;
    /** Whether the system shows notifications at all. */
    notifications: boolean;
  }>;
  'profile.read': () => Promise<Profile | null>;
  /** Stores the profile of the agent who has just signed in on a line of this page; null removes it. */
  'profile.write': (profile: Profile | null) => Promise<void>;
  /** Starts the hub in this app; afterwards it starts with the app. */
  'hub.host': (request: HostingRequest) => Promise<HostingState>;
  /** Starts a hub with sample data and simulated customers; `code` signs this device in as its supervisor. */
  'hub.sample': () => Promise<{ hosting: HostingState; code: string | null }>;
  'hub.state': () => Promise<HostingState>;
  /** Tries again to start the hub that was set up here before. */
  'hub.resume': () => Promise<HostingState>;
  /** Starts with damaged data in the way that the user has chosen. */
  'hub.recover': (kind: RecoveryChoice['kind']) => Promise<HostingState>;
  /**
   * Lets the user pick a backup and starts with it; the previous data is kept aside. Null: none was picked. One with
   * a passphrase fails with `wrongPassphrase` and waits for `hub.restorePicked`.
   */
  'hub.restore': () => Promise<HostingState | null>;
  /** Starts with the backup picked last, using its passphrase. Null: none was picked. */
  'hub.restorePicked': (passphrase: string) => Promise<HostingState | null>;
  /** Shows the hub's data folder, where the backups are too, in the system's file manager. */
  'hub.showFolder': () => Promise<void>;
  /** This machine's addresses on its networks. */
  'hub.addresses': () => Promise<string[]>;
  /** Where desktops on other machines reach the hub, or null for nowhere. Tried at once; a failure changes nothing. */
  'hub.setLan': (lan: { host: string; port: number } | null) => Promise<HostingState>;
  /** How customers reach the hub from now on. Tried at once; a failure changes nothing. */
  'hub.setCustomers': (customers: CustomersPlace) => Promise<HostingState>;
  /**
   * Resets a supervisor's lost passphrase in the hub of this app, after the user has confirmed it in a dialog of the
   * system. `name`: whose, if there are several supervisors.
   */
  'hub.resetPassphrase': (passphrase: string, name: string | null) => Promise<ResetOutcome>;
  /** Hubs announced on the LAN; takes a few seconds. Announcements are not trusted. */
  'hub.find': () => Promise<{ name: string; address: string }[]>;
  /** Gets the certificate of the hub at `host:port`, which has to prove that it knows the typed code. */
  'hub.pair': (address: string, code: string) => Promise<PairResult>;
  /**
   * One line at a time; the number `line` tells its frames from an older one's. Only to the hub of the profile, if
   * there is one. The device's token is added to outgoing frames and removed from incoming ones.
   */
  'line.open': (line: number, url: string) => Promise<void>;
  'line.send': (line: number, frame: string) => Promise<void>;
  'line.close': (line: number) => Promise<void>;
  /** Uploads to and downloads from the hub of the profile, pinned like the line. */
  'attachment.upload': (bytes: Uint8Array) => Promise<FileResult<UploadedFile>>;
  'attachment.download': (conversationId: string, attachmentId: string) => Promise<FileResult<Uint8Array>>;
  /** Asks where to save it; false if the user cancels. */
  'file.save': (name: string, bytes: Uint8Array) => Promise<boolean>;
  /** Shows a notification, and a card if it has one, and flashes the window. Replaces an alert with the same id. */
  'alert.show': (alert: DesktopAlert) => Promise<void>;
  'alert.clear': (alertId: string) => Promise<void>;
  /** What the tray shows. */
  'tray.show': (tray: {
    status: AgentStatus;
    link: 'up' | 'down';
    waiting: number;
    /** Conversations that want this agent: the number on the app's icon, where the system has one. */
    wanted: number;
    language: Language;
  }) => Promise<void>;
  /** For how long nobody has touched this machine. */
  'idle.read': () => Promise<number>;
  /** Applies to what the system draws around the page, and to the window's first frame at the next start. */
  'appearance.write': (scheme: ColourScheme) => Promise<void>;
  'clipboard.write': (text: string) => Promise<void>;
  /** The invitation link that was opened outside the app and not read yet; it can be read once. */
  'invitation.take': () => Promise<string | null>;
  /** Whether the app starts with the computer. */
  'autoStart.read': () => Promise<boolean>;
  'autoStart.write': (on: boolean) => Promise<void>;
  /** Shows this machine's logs in the system's file manager. */
  'log.showFolder': () => Promise<void>;
  /** Asks where to save the logs and facts about this machine; false if the user cancels. */
  'support.save': () => Promise<boolean>;
  /** http, https and mailto only. */
  'link.open': (url: string) => Promise<void>;
}

export interface DesktopEvents {
  /** `invitation.take` has a link. */
  'invitation.opened': Record<string, never>;
  /** The hub of this app has ended and does not come back by itself; `hub.state` has the reason. */
  'hub.ended': Record<string, never>;
  'line.opened': { line: number };
  'line.frame': { line: number; frame: string };
  'line.closed': { line: number; code: number };
  'tray.status': { status: AgentStatus };
  /** Whether the window is visible. The page itself never counts as hidden, so that its timers run on. */
  'window.sight': { inSight: boolean };
  /** The picture shown at this address is to be saved, as chosen in its menu. */
  'picture.save': { url: string };
  'alert.clicked': { alertId: string; conversationId: string };
  /** Accepted from the card or the notification. */
  'alert.accepted': { alertId: string };
}

/** How a page reaches the main process: by the calls and events of its map, and nothing else. */
interface Bridge<Calls extends CallsOf<Calls>, Events> {
  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): ReturnType<Calls[K]>;
  /** Returns a function that stops listening. */
  on<K extends keyof Events>(name: K, listen: (event: Events[K]) => void): () => void;
}

export type CallsOf<Names> = { [K in keyof Names]: (...args: never[]) => Promise<unknown> };

export type DesktopApi = Bridge<DesktopCalls, DesktopEvents>;
export type CardApi = Bridge<CardCalls, CardEvents>;
