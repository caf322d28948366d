import type { Discovery, HubHint } from '../hub/discovery';

/** Hubs on a quiet network answer within a few hundred milliseconds. */
const lookForMs = 2_500;
const hubsMax = 20;
/** One machine may say that it is several hubs, but not so many that nobody sees the others. */
const perSenderMax = 3;
const sendersMax = 100;

/**
 * What answers within a few seconds, each address once: first who has this fingerprint, then whoever sent it by turns, so
 * that one machine that says it is many crowds out nobody.
 */
export async function findHubs(discovery: Discovery, fingerprint: string | null): Promise<HubHint[]> {
  const hints = byTurns(await collect(discovery, () => true));
  const isFirst = (hint: HubHint) => hint.fingerprint === fingerprint;
  return [...hints.filter(isFirst), ...hints.filter((hint) => !isFirst(hint))].slice(0, hubsMax);
}

type BySender = Map<string, Map<string, HubHint>>;

function collect(discovery: Discovery, isWanted: (hint: HubHint) => boolean): Promise<BySender> {
  return new Promise((resolve) => {
    const senders: BySender = new Map();
    const stop = discovery.browse((hint) => {
      if (!isWanted(hint)) return;
      const theirs = senders.get(hint.sender) ?? new Map<string, HubHint>();
      if (theirs.size >= perSenderMax || (theirs.size === 0 && senders.size >= sendersMax)) return;
      senders.set(hint.sender, theirs.set(hint.address, hint));
    });
    setTimeout(() => {
      stop();
      resolve(senders);
    }, lookForMs);
  });
}

function byTurns(senders: BySender): HubHint[] {
  const lists = [...senders.values()].map((theirs) => [...theirs.values()]);
  const turns = Array.from({ length: perSenderMax }, (_, turn) => lists.flatMap((list) => list[turn] ?? []));
  return [...new Map(turns.flat().map((hint) => [hint.address, hint])).values()];
}

/** Where a hub is by now: found again by who it is, as addresses change. */
export interface Whereabouts {
  /** The address to call for a pinned one. */
  of(url: string, fingerprint: string): string;
  /** Looks for it, because nobody answered at the address known. Whoever is found still has to prove who it is. */
  lookAnew(fingerprint: string): void;
}

export function createWhereabouts(discovery: Discovery): Whereabouts {
  /** Where somebody says it is, and it was not called yet in vain: anybody can say so. */
  const places = new Map<string, string[]>();
  const looking = new Set<string>();
  return {
    of(url, fingerprint) {
      const [address] = places.get(fingerprint) ?? [];
      if (address === undefined) return url;
      const moved = new URL(url);
      moved.host = address;
      return moved.href;
    },
    lookAnew(fingerprint) {
      const [, ...others] = places.get(fingerprint) ?? [];
      places.set(fingerprint, others);
      if (others.length > 0 || looking.has(fingerprint)) return;
      looking.add(fingerprint);
      void collect(discovery, (hint) => hint.fingerprint === fingerprint).then((senders) => {
        looking.delete(fingerprint);
        places.set(
          fingerprint,
          byTurns(senders).map(({ address }) => address),
        );
      });
    },
  };
}
