import { frameBytesMax } from '../../shared/protocol/frame-bytes';
import { attachmentBytesMax } from '../../shared/protocol/limits';
import { animationPixelsMax, picturePixelsMax, pictureSideMax } from '../../shared/protocol/pictures';

export type ListenerRole = 'agent' | 'customer';

/** So much at once, refilled by the second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** Of each person, and of all who come from their address; where one is absent it is not counted. */
export interface Rates {
  person?: Rate;
  address?: Rate;
}

/** How many at once: of a person, of an address, and of all together. */
export interface SlotsMax {
  person?: number;
  address?: number;
  all: number;
}

/** Of the passphrases that wait to be checked. */
export interface QueueLimits {
  /** That may wait of one key. */
  perKeyMax: number;
  /** Keys of which some may wait, beside this machine's own. */
  keysMax: number;
}

/** What both roles are counted for. */
interface LineBudgets {
  /** Above them a socket gets no line at all; so many are told by the wire itself that they have too many. */
  sockets: Rates;
  /** For pages and files, whatever becomes of them. */
  requests: Rates;
  lines: Rates;
  /** Of any kind; a long one, and a ping or pong of the WebSocket itself, costs as much as several. */
  frames: Rates;
  uploads: Rates;
}

interface CustomerBudgets extends LineBudgets {
  hellos: Rates;
  commands: Rates;
  /** Of commands as they come over the wire. */
  commandBytes: Rates;
  /** Commands that were refused, but for those that came too fast. */
  refusals: Rates;
  /** Who becomes one by opening a conversation or leaving a message. */
  newCustomers: Rates;
  conversations: Rates;
  leftMessages: Rates;
  uploadBytes: Rates;
  /** While no agent has had their conversation. */
  uploadBytesUnserved: Rates;
}

/** Every bound of the hub in one place (SECURITY-MODEL.md, "Budgets"); tests hand in smaller ones. */
export interface HubLimits {
  /** From the open socket to the end of a request's head, and of TLS's handshake. */
  handshakeTimeoutMs: number;
  /** From the open line to `hello`. */
  helloTimeoutMs: number;
  frameBytesMax: Record<ListenerRole, number>;
  /** Unsent bytes on one line before it is closed as too slow. */
  bufferedBytesMax: number;
  /**
   * What a person, and all at one address (IPv6: a /64), may do: kept apart from their lines, so that a new one brings
   * nothing anew. An office of 50 behind one address does not meet them; what one stranger can do stays small.
   */
  budgets: { agent: LineBudgets; customer: CustomerBudgets };
  /** Frames that a ping or pong of the WebSocket costs, and characters for which a frame costs one more. */
  frameCost: { control: number; characters: number };
  /** People, and addresses, that each budget remembers. */
  budgetKeysMax: number;
  /** The shortest time to ask anyone to wait; and where the hub is full, which depends on others, the time asked for. */
  retryAfterMs: { min: number; whenFull: number };
  /** Delay of the refusal for sockets beyond their budget: a flood that waits for answers slows down. */
  turnAwayAfterMs: number;
  /** Of one socket, not answered or not read yet: browsers and proxies have one. Above it the socket is closed. */
  requestsWaitingMax: number;
  /** Without a byte either way, a request and its answer are given up. */
  transferIdleMs: number;
  /** Open at once. */
  linesPerAddressMax: Record<ListenerRole, number>;
  /** An address's, and all customers', beside their lines: handshakes, pages and files. */
  socketsBesideLinesMax: number;
  /** What agents, the store, backups and files on their way have of the descriptors that the system allows. */
  descriptorsKept: number;
  /** What supervisors are told of those who do too much. */
  refusals: {
    tellEveryMs: number;
    /** Without another one for so long it is over. */
    overAfterMs: number;
    /** A flood from many addresses must not fill the list; the longest quiet goes first. */
    listedMax: number;
    /** Entries of the audit log, which is no place for strangers to write in at will. */
    audited: Rate;
  };
  /** Of all customers together. */
  customers: {
    /** Of their listener; less where the system allows fewer. */
    socketsMax: number;
    /** Open conversations. */
    conversationsMax: number;
    conversationsPerAddressMax: number;
    /** Left messages that no agent has seen to: of all customers, and of one. */
    leftMessagesMax: number;
    leftMessagesPerCustomerMax: number;
  };
  /** Answers kept per device for repeats. */
  answersPerDeviceMax: number;
  /** Devices (a customer's tabs) whose answers are remembered per person. */
  devicesPerPersonMax: number;
  /** Records, or to a customer messages, that a client that comes back is told; one that missed more gets a snapshot. */
  recentRecordsMax: number;
  /** Erased customers whose ids come with a snapshot, so that a workstation that was closed forgets them, too. */
  erasedToldMax: number;
  /** QU5: a customer hears of a new place at most this often. */
  positionEveryMs: number;
  /** Others are told that somebody has gone when they have not been back for so long. */
  presenceHoldMs: number;
  /** How long a closed conversation is still shown to its customer after a reload. */
  closedShownMs: number;
  /** Messages of one conversation that are held in memory and in snapshots; of more, a third leaves for a page on disk. */
  conversationMessagesMax: number;
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
    /** Of a picture, and of a moving one's frames together. */
    picturePixelsMax: number;
    pictureSideMax: number;
    animationPixelsMax: number;
    /** With less room on the disk none are taken: messages come first. */
    freeBytesMin: number;
    /** One upload, from its head to its last byte. */
    uploadTimeoutMs: number;
    /** What is slower than this over any such while is given up: `bytes` in `everyMs`. */
    uploadPaceMin: { bytes: number; everyMs: number };
    /** Each role its own, so that customers can't keep agents waiting. */
    uploadsAtOnceMax: Record<ListenerRole, SlotsMax>;
    /** All files together may take so much of the room there is; above it customers' are refused. */
    diskShareMax: number;
  };
  /** Passphrases that may wait to be checked, beside this machine's own. */
  passphraseQueue: QueueLimits;
  /** scrypt's cost N for the supervisor's passphrase. */
  scryptCost: number;
}

/** So many MiB at once, and as many in a day. */
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
  recentRecordsMax: 200,
  erasedToldMax: 1_000,
  positionEveryMs: 15_000,
  presenceHoldMs: 5_000,
  closedShownMs: 60 * 60_000,
  conversationMessagesMax: 300,
  segmentBytesMax: 8 * 1024 ** 2,
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
