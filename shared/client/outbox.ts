/** Stores the outbox across reloads: sessionStorage or localStorage in a page, a variable in a test. Never throws. */
export interface OutboxStorage {
  read(): string | null;
  write(text: string): void;
}

/** A command without an answer. `n` is null until it is sent for the first time. */
export interface OutboxEntry<Body> {
  cid: string;
  n: number | null;
  /** When the user issued it, by the client's clock, in epoch milliseconds. */
  at: number;
  /** Only of use on the present line (a watch, for example), so neither stored nor resent. */
  fleeting: boolean;
  body: Body;
}

export interface Outbox<Body> {
  readonly entries: readonly OutboxEntry<Body>[];
  readonly lastAnsweredN: number;
  add(entry: OutboxEntry<Body>): void;
  /** Numbers all entries from the last `n` that the hub has executed, and returns them in order. */
  renumber(lastN: number): readonly OutboxEntry<Body>[];
  /** Gives the next number to an entry that is about to be sent. */
  stamp(entry: OutboxEntry<Body>): number;
  /** Removes an answered entry and returns it; null if it is unknown. */
  take(cid: string): OutboxEntry<Body> | null;
  /** Removes an entry that the hub has not executed and will not answer; its number stays unused. */
  drop(cid: string): void;
  /** Removes the fleeting entries and returns them. */
  takeFleeting(): OutboxEntry<Body>[];
}

/** Further commands are refused instead of queued. */
export const outboxEntriesMax = 200;

interface StoredOutbox {
  lastN: number;
  lastAnsweredN: number;
  entries: { cid: string; n: number | null; at: number; body: unknown }[];
}

export function createOutbox<Body>(storage: OutboxStorage): Outbox<Body> {
  const kept = readStored(storage.read());
  let lastN = kept.lastN;
  let lastAnsweredN = kept.lastAnsweredN;
  let entries: OutboxEntry<Body>[] = kept.entries.map((entry) => ({
    ...entry,
    fleeting: false,
    body: entry.body as Body,
  }));

  function save() {
    const lasting = entries.filter((entry) => !entry.fleeting).map(({ cid, n, at, body }) => ({ cid, n, at, body }));
    storage.write(JSON.stringify({ lastN, lastAnsweredN, entries: lasting } satisfies StoredOutbox));
  }

  return {
    get entries() {
      return entries;
    },
    get lastAnsweredN() {
      return lastAnsweredN;
    },
    add(entry) {
      entries = [...entries, entry];
      if (!entry.fleeting) save();
    },
    renumber(hubLastN) {
      // Executed commands keep their number, so that the hub repeats its first answer. The others were never executed
      // and may take the numbers that fleeting commands left unused.
      let n = hubLastN;
      entries = entries.map((entry) => {
        if (entry.n !== null && entry.n <= hubLastN) return entry;
        n += 1;
        return { ...entry, n };
      });
      lastN = n;
      save();
      return entries;
    },
    stamp(entry) {
      lastN += 1;
      const n = lastN;
      entries = entries.map((each) => (each.cid === entry.cid ? { ...each, n } : each));
      // Stored before sending: after a reload the same command must have the same number to be idempotent.
      save();
      return n;
    },
    take(cid) {
      const found = entries.find((entry) => entry.cid === cid);
      if (!found) return null;
      entries = entries.filter((entry) => entry !== found);
      if (found.n !== null && found.n > lastAnsweredN) lastAnsweredN = found.n;
      save();
      return found;
    },
    drop(cid) {
      entries = entries.filter((entry) => entry.cid !== cid);
      save();
    },
    takeFleeting() {
      const gone = entries.filter((entry) => entry.fleeting);
      if (gone.length > 0) entries = entries.filter((entry) => !entry.fleeting);
      return gone;
    },
  };
}

/** Treats an unreadable outbox as empty: the page has to open whatever its storage contains. */
function readStored(text: string | null): StoredOutbox {
  const empty: StoredOutbox = { lastN: 0, lastAnsweredN: 0, entries: [] };
  if (text === null) return empty;
  try {
    const value = JSON.parse(text) as Partial<StoredOutbox> | null;
    if (!value || !Array.isArray(value.entries)) return empty;
    const count = (n: unknown) => (typeof n === 'number' && Number.isInteger(n) && n >= 0 ? n : 0);
    return {
      lastN: count(value.lastN),
      lastAnsweredN: count(value.lastAnsweredN),
      entries: value.entries.filter(
        (entry) => typeof entry?.cid === 'string' && typeof (entry.body as { op?: unknown } | null)?.op === 'string',
      ),
    };
  } catch {
    return empty;
  }
}
