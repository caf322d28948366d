import type { Keep } from './keep';

/** Who the customer is: a token that all tabs share, and this tab's own device. */
export interface Identity {
  readonly deviceId: string;
  /** For `hello`; null for somebody new. */
  token(): string | null;
  /** False if what this tab holds belongs to a customer whom the hub no longer knows. */
  welcomed(welcome: { token: string | null; customerId: string }): boolean;
  /** The hub holds something of this customer that this tab shows or waits for. */
  becameKnown(): void;
  erased(): void;
  /** The same customer on a device that the hub does not know yet, from the next start on. */
  changeDevice(): void;
  /** A customer that the hub does not know yet, from the next start on. */
  startAfresh(): void;
}

export function createIdentity(kept: Keep, keptInTab: Keep, randomId: () => string): Identity {
  let customerId: string | null = null;
  /** The token by which the hub knows this tab's line; another tab may have received a new one since. */
  let usedToken: string | null = null;

  function readDeviceId(): string {
    const known = keptInTab.get('deviceId');
    if (known !== null) return known;
    const made = randomId();
    keptInTab.set('deviceId', made);
    return made;
  }

  return {
    deviceId: readDeviceId(),
    token() {
      usedToken = kept.get('token');
      return usedToken;
    },
    welcomed(welcome) {
      usedToken = welcome.token ?? usedToken;
      if (welcome.token !== null) kept.set('token', welcome.token);
      const before = keptInTab.get('customerId');
      if (before !== null && before !== welcome.customerId) return false;
      customerId = welcome.customerId;
      return true;
    },
    becameKnown: () => keptInTab.set('customerId', customerId),
    erased() {
      if (kept.get('token') === usedToken) kept.set('token', null);
    },
    changeDevice: () => keptInTab.set('deviceId', null),
    startAfresh() {
      kept.set('token', null);
      keptInTab.set('deviceId', null);
      keptInTab.set('outbox', null);
      // The files were uploaded by the customer of before.
      keptInTab.set('draft.files', null);
    },
  };
}
