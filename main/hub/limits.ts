import { frameBytesMax } from '../../shared/protocol/frame-bytes';
import { attachmentBytesMax } from '../../shared/protocol/limits';
import { animationPixelsMax, picturePixelsMax, pictureSideMax } from '../../shared/protocol/pictures';

export type ListenerRole = 'agent' | 'customer';

/** A token bucket: `burst` at once, refilled by `perSecond`. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** A limit for each person and one for each address; an absent one is not counted. */
export interface Rates {
  person?: Rate;
  address?: Rate;
}

/** How many at once: per person, per address, and in all. */
export interface SlotsMax {
  person?: number;
  address?: number;
  all: number;
}

/** Bounds of the queue of passphrases that wait to be checked. */
export interface QueueLimits {
  /** Passphrases that may wait per key. */
  perKeyMax: number;
  /** Keys that may have passphrases waiting, beside this machine's own. */
  keysMax: number;
}

/** Budgets that both roles have. */
interface LineBudgets {
  /** New sockets. More of them get no line, so it bounds how many are refused over the wire for too many `lines`. */
  sockets: Rates;
  /** HTTP requests for pages and files, whatever their answer. */
  requests: Rates;
  lines: Rates;
  /** Of any kind; a long frame, and a WebSocket ping or pong, costs as much as several (`frameCost`). */
  frames: Rates;
  uploads: Rates;
}

/** What each command leaves on the disk is bounded for those whom no colleague sees at work: customers and assistants. */
interface CommandBudgets {
  commands: Rates;
  /** The size of commands as they arrive over the wire. */
  commandBytes: Rates;
  /** Refused commands, except those refused for coming too fast. */
  refusals: Rates;
}

interface CustomerBudgets extends LineBudgets, CommandBudgets {
  hellos: Rates;
  /** Customers recorded for the first time, by opening a conversation or leaving a message. */
  newCustomers: Rates;
  conversations: Rates;
  leftMessages: Rates;
  uploadBytes: Rates;
  /** Applies until an agent has served the customer's conversation. */
  uploadBytesUnserved: Rates;
}

/** Every bound of the hub in one place (SECURITY-MODEL.md, "Budgets"); tests hand in smaller ones. */
export interface HubLimits {
  /** From the open socket to the end of a request's head, or of the TLS handshake. */
  handshakeTimeoutMs: number;
  /** From the open line to `hello`. */
  helloTimeoutMs: number;
  frameBytesMax: Record<ListenerRole, number>;
  /** Unsent bytes on one line before it is closed as too slow. */
  bufferedBytesMax: number;
  /**
   * Per person and per address (IPv6: a /64), not per line, so that a reconnect does not refill a budget. High enough
   * for an office of 50 behind one address, low enough to keep what one stranger can do small.
   */
  budgets: { agent: LineBudgets; assistant: CommandBudgets; customer: CustomerBudgets };
  /** The API. A person is a token; addresses are not counted, as programs share them with people. */
  api: {
    requests: Rates;
    writes: Rates;
    /** Requests without a valid token, by address. */
    unknown: Rates;
    /** Requests under way. */
    atOnceMax: SlotsMax;
    bodyBytesMax: number;
    /** For the whole body to arrive. */
    bodyTimeoutMs: number;
  };
  /** `control`: frames that a WebSocket ping or pong costs. `characters`: a frame costs one more for each so many. */
  frameCost: { control: number; characters: number };
  /** How many people, and how many addresses, each budget remembers. */
  budgetKeysMax: number;
  /** `min`: the shortest ever sent. `whenFull`: sent when the hub is full, as that depends on others. */
  retryAfterMs: { min: number; whenFull: number };
  /** Delays the refusal of sockets beyond their budget, to slow down a flood that waits for answers. */
  turnAwayAfterMs: number;
  /** Unanswered or unread requests of one socket; above it the socket is closed. Browsers and proxies have one. */
  requestsWaitingMax: number;
  /** A request is given up after so long without a byte either way. */
  transferIdleMs: number;
  /** Lines open at once. */
  linesPerAddressMax: Record<ListenerRole, number>;
  /** Sockets for handshakes, pages and files: per address beside its lines, and for all customers beside theirs. */
  socketsBesideLinesMax: number;
  /** File descriptors reserved for agents, the store, backups and transfers, out of those the system allows. */
  descriptorsKept: number;
  /** How supervisors are told of clients that exceed their budgets. */
  refusals: {
    tellEveryMs: number;
    /** An entry ends after so long without another refusal. */
    overAfterMs: number;
    /** Bounds the list in a flood from many addresses; the entry quiet for longest is dropped first. */
    listedMax: number;
    /** Rate of audit log entries, so that strangers can't fill the audit log. */
    audited: Rate;
  };
  /** For all customers together. */
  customers: {
    /** On the customers' listener; less where the system allows fewer. */
    socketsMax: number;
    /** Open conversations. */
    conversationsMax: number;
    conversationsPerAddressMax: number;
    /** Open left messages: of all customers, and of each. */
    leftMessagesMax: number;
    leftMessagesPerCustomerMax: number;
  };
  /** Answers kept per device, to answer a repeated command again (idempotent). */
  answersPerDeviceMax: number;
  /** Devices (a customer's tabs) whose answers are remembered per person. */
  devicesPerPersonMax: number;
  /** Idempotency keys of one token of the API whose answers are kept, and for how long. */
  apiKeysMax: number;
  apiKeysKeptMs: number;
  /** Records (for a customer: messages) that a resume replays at most; a client that missed more gets a snapshot. */
  recentRecordsMax: number;
  /** Erased customers whose ids come with a snapshot, so that a workstation that was offline forgets them, too. */
  erasedToldMax: number;
  /** QU5: a customer is told a new position at most this often. */
  positionEveryMs: number;
  /** A disconnect is shown to others only after so long without a reconnect. */
  presenceHoldMs: number;
  /** What changes with every message or assignment alone (a summary, an agent's load) is told others at most this often. */
  summaryEveryMs: number;
  /** How long a closed conversation is still shown to its customer after a reload. */
  closedShownMs: number;
  /**
   * A customer who has not been here for so long, and has nothing open, leaves the state for a file, and comes back when
   * they return.
   */
  customersKeptMs: number;
  /** Messages per conversation held in memory and in snapshots; beyond it the oldest third moves to a page on disk. */
  conversationMessagesMax: number;
  /**
   * A segment of the journal is full at this size, counted in characters, or at twice the last snapshot's size where
   * that is more; then a snapshot is made. A start replays two segments at most, in half a second; a small office takes
   * a week or more to fill one.
   */
  segmentBytesMax: number;
  /** Where nearly all of the last so many syncs take longer, a thread of its own appends (STORAGE.md). */
  slowSync: { aboveMs: number; of: number };
  /** Searches and openings of past conversations that one line may have pending at once. */
  searchesPerLineMax: number;
  /** A page of history results ends once so much of the archive has been searched. */
  searchBytesMax: number;
  attachments: {
    bytesMax: number;
    /** Bounds of a picture; `animationPixelsMax` is for all frames of an animation together. */
    picturePixelsMax: number;
    pictureSideMax: number;
    animationPixelsMax: number;
    /** With less free disk space uploads are refused, to keep it for messages. */
    freeBytesMin: number;
    /** For one upload, from its head to its last byte. */
    uploadTimeoutMs: number;
    /** An upload that sends fewer than `bytes` in any `everyMs` is given up. */
    uploadPaceMin: { bytes: number; everyMs: number };
    /** Separate for each role, so that customers can't keep agents waiting. */
    uploadsAtOnceMax: Record<ListenerRole, SlotsMax>;
    /** Share of the available disk space that all files may take; above it customers' uploads are refused. */
    diskShareMax: number;
  };
  /** Passphrases that may wait to be checked, beside this machine's own. */
  passphraseQueue: QueueLimits;
  /** scrypt's cost N for the supervisor's passphrase. */
  scryptCost: number;
}

/** `mebibytes` at once, refilled over a day. */
function perDay(mebibytes: number): Rate {
  return { burst: mebibytes * 1024 ** 2, perSecond: (mebibytes * 1024 ** 2) / 86_400 };
}

export const defaultLimits: Readonly<HubLimits> = {
  handshakeTimeoutMs: 5_000,
  helloTimeoutMs: 5_000,
  frameBytesMax,
  bufferedBytesMax: 1024 * 1024,
  budgets: {
    agent: {
      sockets: { address: { burst: 1_000, perSecond: 20 } },
      requests: { address: { burst: 2_000, perSecond: 100 } },
      lines: { address: { burst: 200, perSecond: 5 } },
      frames: { person: { burst: 200, perSecond: 50 }, address: { burst: 4_000, perSecond: 1_000 } },
      uploads: { person: { burst: 100, perSecond: 1 } },
    },
    // Lines, frames and sockets are counted as agents'. Enough for an office's customers all at once.
    assistant: {
      commands: { person: { burst: 200, perSecond: 20 } },
      commandBytes: { person: { burst: 512 * 1024, perSecond: 32 * 1024 } },
      refusals: { person: { burst: 100, perSecond: 1 } },
    },
    customer: {
      sockets: { address: { burst: 1_000, perSecond: 20 } },
      requests: { address: { burst: 600, perSecond: 20 } },
      lines: { address: { burst: 300, perSecond: 3 } },
      hellos: { person: { burst: 60, perSecond: 0.5 }, address: { burst: 300, perSecond: 3 } },
      frames: { person: { burst: 240, perSecond: 6 }, address: { burst: 1_200, perSecond: 120 } },
      commands: { person: { burst: 30, perSecond: 3 }, address: { burst: 600, perSecond: 30 } },
      commandBytes: {
        person: { burst: 192 * 1024, perSecond: 4 * 1024 },
        address: { burst: 512 * 1024, perSecond: 16 * 1024 },
      },
      refusals: { person: { burst: 20, perSecond: 0.5 }, address: { burst: 200, perSecond: 5 } },
      newCustomers: { address: { burst: 100, perSecond: 1 / 30 } },
      conversations: { person: { burst: 10, perSecond: 1 / 60 }, address: { burst: 100, perSecond: 1 / 15 } },
      leftMessages: { person: { burst: 10, perSecond: 1 / 300 }, address: { burst: 50, perSecond: 1 / 60 } },
      uploads: { person: { burst: 20, perSecond: 1 / 30 }, address: { burst: 60, perSecond: 1 / 5 } },
      uploadBytes: { person: perDay(100), address: perDay(500) },
      uploadBytesUnserved: { address: { burst: 16 * 1024 ** 2, perSecond: 128 * 1024 } },
    },
  },
  api: {
    requests: { person: { burst: 200, perSecond: 20 } },
    writes: { person: { burst: 100, perSecond: 10 } },
    unknown: { address: { burst: 20, perSecond: 0.5 } },
    atOnceMax: { person: 8, all: 32 },
    bodyBytesMax: 64 * 1024,
    bodyTimeoutMs: 10_000,
  },
  frameCost: { control: 8, characters: 1_024 },
  budgetKeysMax: 20_000,
  retryAfterMs: { min: 1_000, whenFull: 30_000 },
  turnAwayAfterMs: 1_000,
  requestsWaitingMax: 8,
  transferIdleMs: 30_000,
  linesPerAddressMax: { agent: 64, customer: 256 },
  socketsBesideLinesMax: 64,
  descriptorsKept: 256,
  refusals: {
    tellEveryMs: 5_000,
    overAfterMs: 10 * 60_000,
    listedMax: 100,
    audited: { burst: 10, perSecond: 10 / 3_600 },
  },
  customers: {
    socketsMax: 4_096,
    conversationsMax: 5_000,
    conversationsPerAddressMax: 150,
    leftMessagesMax: 5_000,
    leftMessagesPerCustomerMax: 5,
  },
  answersPerDeviceMax: 64,
  devicesPerPersonMax: 16,
  apiKeysMax: 5_000,
  apiKeysKeptMs: 24 * 60 * 60_000,
  recentRecordsMax: 200,
  erasedToldMax: 1_000,
  positionEveryMs: 15_000,
  presenceHoldMs: 5_000,
  summaryEveryMs: 1_000,
  closedShownMs: 60 * 60_000,
  customersKeptMs: 24 * 60 * 60_000,
  conversationMessagesMax: 300,
  segmentBytesMax: 8 * 1024 ** 2,
  slowSync: { aboveMs: 2, of: 101 },
  searchesPerLineMax: 4,
  searchBytesMax: 16 * 1024 ** 2,
  attachments: {
    bytesMax: attachmentBytesMax,
    picturePixelsMax,
    pictureSideMax,
    animationPixelsMax,
    freeBytesMin: 500 * 1024 ** 2,
    uploadTimeoutMs: 5 * 60_000,
    uploadPaceMin: { bytes: 16 * 1024, everyMs: 10_000 },
    uploadsAtOnceMax: { agent: { person: 8, all: 32 }, customer: { person: 5, address: 10, all: 64 } },
    diskShareMax: 0.5,
  },
  passphraseQueue: { perKeyMax: 4, keysMax: 32 },
  scryptCost: 2 ** 17,
};
