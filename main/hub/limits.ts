import { attachmentBytesMax } from '../../shared/protocol/attachments';
import { frameBytesMax } from '../../shared/protocol/frame-bytes';
import type { QueueLimits } from './identity/passphrase-queue';

export type ListenerRole = 'agent' | 'customer';

/** Every bound of the hub in one place (SECURITY.md, STORAGE.md "Sessions"); tests hand in smaller ones. */
export interface HubLimits {
  /** From the open socket to the end of a request's head, and of TLS's handshake. */
  handshakeTimeoutMs: number;
  /** From the open line to `hello`. */
  helloTimeoutMs: number;
  frameBytesMax: Record<ListenerRole, number>;
  /** Unsent bytes on one line before it is closed as too slow. */
  bufferedBytesMax: number;
  /** Commands a line may send: `burst` at once, refilled by `perSecond`. */
  commands: Record<ListenerRole, { burst: number; perSecond: number }>;
  connectionsPerAddressMax: Record<ListenerRole, number>;
  /** Answers kept per device for repeats. */
  answersPerDeviceMax: number;
  /** Devices (a customer's tabs) whose answers are remembered per person. */
  devicesPerPersonMax: number;
  /** Records from which a client that comes back can go on; after a longer absence it gets a snapshot. */
  recentRecordsMax: number;
  /** Erased customers whose ids are told to whoever takes a snapshot, so that a desk that was closed forgets them, too. */
  erasedToldMax: number;
  /** QU5: a customer hears of a new place at most this often. */
  positionEveryMs: number;
  /** How long a closed conversation is still shown to its customer after a reload. */
  closedShownMs: number;
  /**
   * A segment of the journal is full at this size, counted in characters, or at twice the last snapshot's where that is
   * more; then a snapshot is made. A start replays two of them at most, in half a second, and a small office fills one
   * in a week or more.
   */
  segmentBytesMax: number;
  /** Searches and openings of past conversations that a line may wait for at once. */
  searchesPerLineMax: number;
  /** A page of the history ends when so much of the archive was looked through. */
  searchBytesMax: number;
  attachments: {
    bytesMax: number;
    /** With less room on the disk none are taken: messages come first. */
    freeBytesMin: number;
    /** One upload, from its head to its last byte. */
    uploadTimeoutMs: number;
    /** Each role its own, so that customers can't keep agents waiting. */
    uploadsAtOnceMax: Record<ListenerRole, number>;
    /** Uploads per agent, and per address of customers: `burst` at once, refilled by `perSecond`. */
    uploads: Record<ListenerRole, { burst: number; perSecond: number }>;
  };
  /** Passphrases that may wait to be checked, beside this machine's own. */
  passphraseQueue: QueueLimits;
  /** scrypt's cost N for the supervisor's passphrase. */
  scryptCost: number;
}

export const defaultLimits: Readonly<HubLimits> = {
  handshakeTimeoutMs: 5_000,
  helloTimeoutMs: 5_000,
  frameBytesMax,
  bufferedBytesMax: 1024 * 1024,
  commands: { agent: { burst: 200, perSecond: 50 }, customer: { burst: 30, perSecond: 3 } },
  connectionsPerAddressMax: { agent: 64, customer: 256 },
  answersPerDeviceMax: 64,
  devicesPerPersonMax: 16,
  recentRecordsMax: 5_000,
  erasedToldMax: 1_000,
  positionEveryMs: 15_000,
  closedShownMs: 60 * 60_000,
  segmentBytesMax: 8 * 1024 ** 2,
  searchesPerLineMax: 4,
  searchBytesMax: 16 * 1024 ** 2,
  attachments: {
    bytesMax: attachmentBytesMax,
    freeBytesMin: 500 * 1024 ** 2,
    uploadTimeoutMs: 5 * 60_000,
    uploadsAtOnceMax: { agent: 32, customer: 32 },
    uploads: { agent: { burst: 100, perSecond: 1 }, customer: { burst: 20, perSecond: 1 / 30 } },
  },
  passphraseQueue: { perKeyMax: 4, keysMax: 32 },
  scryptCost: 2 ** 17,
};

/** A token bucket: full at the start, one token a command. */
export class CommandBudget {
  private tokens: number;

  constructor(
    private readonly rate: { burst: number; perSecond: number },
    private lastMs: number,
  ) {
    this.tokens = rate.burst;
  }

  take(nowMs: number): boolean {
    this.tokens = Math.min(this.rate.burst, this.tokens + ((nowMs - this.lastMs) / 1_000) * this.rate.perSecond);
    this.lastMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
