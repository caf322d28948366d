/** Where the outbox lives over a reload: localStorage in a page, a variable in a test. Never throws. */
export interface OutboxStorage {
  read(): string | null;
  write(text: string): void;
}

/** A command on its way. `n` is null until it has gone over a line for the first time. */
export interface OutboxEntry<Body> {
  cid: string;
  n: number | null;
  /** The sender's own clock when the person asked for it, epoch milliseconds. */
  at: number;
  /** Worth nothing beyond this line (what is watched, for example): neither kept nor resent. */
  fleeting: boolean;
  body: Body;
}

export interface Outbox<Body> {
  readonly entries: readonly OutboxEntry<Body>[];
  readonly lastAnsweredN: number;
  add(entry: OutboxEntry<Body>): void;
  /** Gives every entry its number, after the hub has said which it executed last. Returns all in order. */
  renumber(lastN: number): readonly OutboxEntry<Body>[];
  /** The next number, for one entry that goes out now. */
  stamp(entry: OutboxEntry<Body>): number;
  take(cid: string): OutboxEntry<Body> | null;
  /** Removes one that will never be answered: the hub has not executed it, and its number stays unused. */
  drop(cid: string): void;
  /** Removes what does not outlive the line, and returns it. */
  takeFleeting(): OutboxEntry<Body>[];
}

/** More unsent work than this is refused, not queued. */
export const outboxEntriesMax = 200;

interface Kept {
  lastN: number;
  lastAnsweredN: number;
  entries: { cid: string; n: number | null; at: number; body: unknown }[];
}

export function createOutbox<Body>(storage: OutboxStorage): Outbox<Body> {
  const kept = readKept(storage.read());
  let lastN = kept.lastN;
  let lastAnsweredN = kept.lastAnsweredN;
  let entries: OutboxEntry<Body>[] = kept.entries.map((entry) => ({
    ...entry,
    fleeting: false,
    body: entry.body as Body,
  }));

  function save() {
    const lasting = entries.filter((entry) => !entry.fleeting).map(({ cid, n, at, body }) => ({ cid, n, at, body }));
    storage.write(JSON.stringify({ lastN, lastAnsweredN, entries: lasting } satisfies Kept));
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
      // What the hub has executed keeps its number and gets its first answer again. The rest was never executed, so it
      // may close the gaps that fleeting commands left.
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
      // Stored before it is sent: after a reload the same command must carry the same number.
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

/** Anything unreadable is an empty outbox: a page must open even when its storage was tampered with. */
function readKept(text: string | null): Kept {
  const empty: Kept = { lastN: 0, lastAnsweredN: 0, entries: [] };
  if (text === null) return empty;
  try {
    const value = JSON.parse(text) as Partial<Kept> | null;
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
