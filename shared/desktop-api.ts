import type { Damage, RecoveryChoice } from './damage';
import type { UploadedFile } from './protocol/attachments';
import type { AgentStatus, Language } from './protocol/fields';

/**
 * Everything the page can ask of the desktop, once. `preload.ts` exposes it as `window.foyer`; in a plain browser it is
 * absent and the page does without. Arguments are validated again in the main process.
 */

/** Where this desktop's person works: written only when the first run is complete. */
export interface Profile {
  mode: 'host' | 'join' | 'sample';
  /** The hub's `ws://host:port` on this machine, or `wss://host:port#fp=…` on another one: where it is, and who. */
  agentUrl: string;
  deviceId: string;
  /**
   * This device's token. On the desktop always `heldToken`: the real one stays in the main process, and in the system's
   * keyring where there is one.
   */
  token: string;
}

/** Stands for the token in whatever the page of the desktop sends and gets. */
export const heldToken = 'held-by-the-main-process';

/** As the person has chosen; `auto` is as the system. */
export type ColourScheme = 'light' | 'dark' | 'auto';

/** `notHere`: the office's hub does not run here. */
export type ResetOutcome = 'reset' | 'declined' | 'notHere' | 'nameNeeded' | 'unknownAgent';

export interface HostingRequest {
  officeName: string;
  supervisorName: string;
  passphrase: string;
}

/** How customers on other machines come; with nothing of it, none do. */
export interface CustomersPlace {
  /** Where they come over plain HTTP: an address of this machine, or `0.0.0.0` for all of them. */
  host: string | null;
  /** Where they find the chat behind a reverse proxy: an https origin. */
  publicUrl: string | null;
  /** The proxies' addresses, whose `X-Forwarded-…` are believed. */
  trustedProxies: string[];
}

export type HostingState =
  | { state: 'off' }
  | {
      state: 'running';
      agentUrl: string;
      customerUrl: string;
      /** How other machines reach it, the likeliest address first; null when they don't. */
      lan: { host: string; addresses: string[]; fingerprint: string } | null;
      customers: CustomersPlace;
    }
  /** `damage`: there is something to choose. */
  | { state: 'failed'; code: string; message: string; damage: Damage | null };

export type PairResult =
  /** The address to sign in at. */
  | { ok: true; agentUrl: string }
  /** `impostor`: whoever answers does not know the code; so it may also be mistyped. */
  | { ok: false; reason: 'unreachable' | 'wrongCode' | 'impostor' }
  | { ok: false; reason: 'tooManyTries'; retryAfterMs: number };

/** `code` as in the hub's refusal, or `linkLost`. */
export type FileResult<T> = { ok: true; value: T } | { ok: false; code: string };

/** One thing that asks for the person's attention, in words that are ready to be shown. */
export interface DesktopAlert {
  alertId: string;
  conversationId: string;
  /** The customer's. */
  name: string;
  title: string;
  /** The customer's first words. */
  body: string;
  group: string;
  /** Why it came to this person; empty when there is nothing to say. */
  why: string;
  /** The times of this machine's clock, in epoch milliseconds; `until` null rings without a limit. */
  waitingSince: number;
  shownAt: number;
  until: number | null;
  words: {
    /** Null where there is nothing to accept: it has been given already. */
    accept: string | null;
    open: string;
    /** With `{time}` in it. */
    waiting: string;
  };
  look: { language: Language; scheme: 'light' | 'dark' };
  /** Shows the card also while the window is in sight: how a person learns what to look out for. */
  rehearsal: boolean;
}

/** What the card window, and nothing else, may ask of the desktop. */
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
    /** What its person or the network calls this machine. */
    computer: string;
    electron: string;
    /** Electron gets no security fixes any more. */
    outdated: boolean;
    platform: string;
    secureTokens: boolean;
    sampleData: boolean;
    /** Whether the system shows notifications at all. */
    notifications: boolean;
  }>;
  'profile.read': () => Promise<Profile | null>;
  /** Whoever has just signed in on a line of this page, or nobody. */
  'profile.write': (profile: Profile | null) => Promise<void>;
  /** Starts the hub in this app; afterwards it starts with the app. */
  'hub.host': (request: HostingRequest) => Promise<HostingState>;
  /** Starts a hub with sample data of its own and simulated customers; `code` signs this device in as its supervisor. */
  'hub.sample': () => Promise<{ hosting: HostingState; code: string | null }>;
  'hub.state': () => Promise<HostingState>;
  /** Tries again to start the hub that was set up here before. */
  'hub.resume': () => Promise<HostingState>;
  /** Starts with damaged data in the way a person has chosen. */
  'hub.recover': (kind: RecoveryChoice['kind']) => Promise<HostingState>;
  /**
   * Lets the person pick a backup and starts with that; what was there before is kept aside. Null: none was picked. One
   * that was made with a passphrase fails with `wrongPassphrase`, and waits for the next call.
   */
  'hub.restore': () => Promise<HostingState | null>;
  /** The backup that was picked last, with the passphrase it was made with. Null: none was picked. */
  'hub.restorePicked': (passphrase: string) => Promise<HostingState | null>;
  /** Shows the hub's data folder, where the backups are too, in the system's file manager. */
  'hub.showFolder': () => Promise<void>;
  /** This machine's addresses on its networks. */
  'hub.addresses': () => Promise<string[]>;
  /** Where desktops on other machines reach the hub, or null for nowhere. Tried at once; a failure changes nothing. */
  'hub.setLan': (lan: { host: string; port: number } | null) => Promise<HostingState>;
  /** How customers come from now on. Tried at once; a failure changes nothing. */
  'hub.setCustomers': (customers: CustomersPlace) => Promise<HostingState>;
  /**
   * Sets a lost supervisor's passphrase anew, in the hub of this app, once the person has confirmed it in a dialog of the
   * system's; `name`'s, where there are several supervisors.
   */
  'hub.resetPassphrase': (passphrase: string, name: string | null) => Promise<ResetOutcome>;
  /** What says on the LAN that it is a hub; takes a few seconds. Hints only: nobody is believed for it. */
  'hub.find': () => Promise<{ name: string; address: string }[]>;
  /** Finds out who the hub at `host:port` is: it proves that it knows the typed code, or it is not believed. */
  'hub.pair': (address: string, code: string) => Promise<PairResult>;
  /**
   * One line at a time; `line` tells its frames from those of an older one. Only to the hub of the profile, where there is
   * one. The device's token is put in and taken out on the way.
   */
  'line.open': (line: number, url: string) => Promise<void>;
  'line.send': (line: number, frame: string) => Promise<void>;
  'line.close': (line: number) => Promise<void>;
  /** A file to the hub of the profile or from it, over the same pinned way as the line. */
  'attachment.upload': (bytes: Uint8Array) => Promise<FileResult<UploadedFile>>;
  'attachment.download': (conversationId: string, attachmentId: string) => Promise<FileResult<Uint8Array>>;
  /** Asks where to save it; false when the person did not say. */
  'file.save': (name: string, bytes: Uint8Array) => Promise<boolean>;
  /** Asks for the person's attention: notification, flashing and the card window. One of the same id is replaced. */
  'alert.show': (alert: DesktopAlert) => Promise<void>;
  'alert.clear': (alertId: string) => Promise<void>;
  /** What the tray shows. */
  'tray.show': (tray: {
    status: AgentStatus;
    link: 'up' | 'down';
    waiting: number;
    language: Language;
  }) => Promise<void>;
  /** What the system draws around the page follows, and the window's first frame at the next start. */
  'appearance.write': (scheme: ColourScheme) => Promise<void>;
  'clipboard.write': (text: string) => Promise<void>;
  /** The invitation that was opened outside and not yet read; it is read once. */
  'invitation.take': () => Promise<string | null>;
  /** Whether the app starts with the computer. */
  'autoStart.read': () => Promise<boolean>;
  'autoStart.write': (on: boolean) => Promise<void>;
  /** Shows this machine's logs in the system's file manager. */
  'log.showFolder': () => Promise<void>;
  /** Saves the logs and what this machine is, where the person says; false when they did not say. */
  'support.save': () => Promise<boolean>;
  /** http, https and mailto only. */
  'link.open': (url: string) => Promise<void>;
}

export interface DesktopEvents {
  /** There is one to take. */
  'invitation.opened': Record<string, never>;
  /** The hub in this app has closed by itself; `hub.state` says why. */
  'hub.ended': Record<string, never>;
  'line.opened': { line: number };
  'line.frame': { line: number; frame: string };
  'line.closed': { line: number; code: number };
  'tray.status': { status: AgentStatus };
  /** Whether the window is shown at all: its page never counts as hidden, so that timers run on. */
  'window.sight': { inSight: boolean };
  'alert.clicked': { alertId: string; conversationId: string };
  /** Accepted from the card or the notification. */
  'alert.accepted': { alertId: string };
}

/** How a page reaches the main process: it names a call or an event of its map, and nothing else gets through. */
interface Bridge<Calls extends CallsOf<Calls>, Events> {
  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): ReturnType<Calls[K]>;
  /** Returns a function that stops listening. */
  on<K extends keyof Events>(name: K, listen: (event: Events[K]) => void): () => void;
}

export type CallsOf<Names> = { [K in keyof Names]: (...args: never[]) => Promise<unknown> };

export type DesktopApi = Bridge<DesktopCalls, DesktopEvents>;
export type CardApi = Bridge<CardCalls, CardEvents>;
