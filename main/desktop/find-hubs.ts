import type { Discovery, HubHint } from '../hub/discovery';

/** Hubs on a quiet network answer within a few hundred milliseconds. */
const lookForMs = 2_500;
const hubsMax = 20;

/** What answers within a few seconds, each address once, in the order of the answers. */
export function findHubs(discovery: Discovery): Promise<HubHint[]> {
  return new Promise((resolve) => {
    const found = new Map<string, HubHint>();
    const stop = discovery.browse((hint) => {
      if (found.size < hubsMax) found.set(hint.address, hint);
    });
    setTimeout(() => {
      stop();
      resolve([...found.values()]);
    }, lookForMs);
  });
}

/** Where a hub is by now: found again by who it is, as addresses change. */
export interface Whereabouts {
  /** The address to call for a pinned one. */
  of(url: string, fingerprint: string): string;
  /** Looks for it, because nobody answered at the address known. Whoever is found still has to prove who it is. */
  lookAnew(fingerprint: string): void;
}

export function createWhereabouts(discovery: Discovery): Whereabouts {
  const known = new Map<string, string>();
  const looking = new Set<string>();
  return {
    of(url, fingerprint) {
      const address = known.get(fingerprint);
      if (address === undefined) return url;
      const moved = new URL(url);
      moved.host = address;
      return moved.href;
    },
    lookAnew(fingerprint) {
      known.delete(fingerprint);
      if (looking.has(fingerprint)) return;
      looking.add(fingerprint);
      void findHubs(discovery).then((hints) => {
        looking.delete(fingerprint);
        const hint = hints.find((each) => each.fingerprint === fingerprint);
        if (hint) known.set(fingerprint, hint.address);
      });
    },
  };
}
