import type { Discovery, HubHint } from '../hub/listen/discovery';

/** Hubs on a quiet network answer within a few hundred milliseconds. */
const lookForMs = 2_500;
const hubsMax = 20;
/** One machine may announce several hubs, but not so many that the others are crowded out. */
const perSenderMax = 3;
const sendersMax = 100;

/**
 * The hubs that answer within a few seconds, each address once: first those that claim a known certificate (`pins`),
 * then one per sender in turn, so that one machine announcing many hubs does not crowd out the others.
 */
export async function findHubs(discovery: Pick<Discovery, 'browse'>, pins: readonly string[]): Promise<HubHint[]> {
  const hints = byTurns(await collect(discovery, () => true));
  const isFirst = ({ fingerprint }: HubHint) => pins.includes(fingerprint);
  return [...hints.filter(isFirst), ...hints.filter((hint) => !isFirst(hint))].slice(0, hubsMax);
}

type BySender = Map<string, Map<string, HubHint>>;

function collect(discovery: Pick<Discovery, 'browse'>, isWanted: (hint: HubHint) => boolean): Promise<BySender> {
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

/** Finds a hub by its certificate after its address has changed. */
export interface Whereabouts {
  /** The address to connect to for the hub with one of these certificates. */
  of(url: string, pins: readonly string[]): string;
  /** Looks for the hub on the LAN, after its known address did not answer. A found one still has to prove itself. */
  lookAnew(pins: readonly string[]): void;
}

export function createWhereabouts(discovery: Pick<Discovery, 'browse'>): Whereabouts {
  /** Announced addresses without a failed attempt yet. Announcements are not trustworthy: anybody can send them. */
  const places = new Map<string, string[]>();
  const looking = new Set<string>();
  return {
    of(url, pins) {
      const [address] = places.get(String(pins)) ?? [];
      if (address === undefined) return url;
      const moved = new URL(url);
      moved.host = address;
      return moved.href;
    },
    lookAnew(pins) {
      const hub = String(pins);
      const [, ...others] = places.get(hub) ?? [];
      places.set(hub, others);
      if (others.length > 0 || looking.has(hub)) return;
      looking.add(hub);
      void collect(discovery, ({ fingerprint }) => pins.includes(fingerprint)).then((senders) => {
        looking.delete(hub);
        places.set(
          hub,
          byTurns(senders).map(({ address }) => address),
        );
      });
    },
  };
}
