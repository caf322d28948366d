import { Bonjour, type Service } from 'bonjour-service';
import type { Log } from '../ports';

/** `_foyer._tcp` */
const serviceType = 'foyer';
const nameMax = 40;

/** What a hub advertises on the LAN. Anybody can advertise the same, so it is a hint and never trusted. */
export interface HubHint {
  name: string;
  /** `host:port`. */
  address: string;
  fingerprint: string;
  /** The sender of the answer. */
  sender: string;
}

/** Finding hubs by multicast DNS. */
export interface Discovery {
  /** Advertises a hub until the returned function is called. */
  advertise(hub: { name: string; port: number; fingerprint: string }): () => void;
  /** Reports every hub that answers until the returned function is called. */
  browse(found: (hint: HubHint) => void): () => void;
}

type Responder = Pick<Bonjour, 'publish' | 'unpublishAll' | 'find' | 'destroy'>;

export function openDiscovery(
  log: Log,
  open: () => Responder = () =>
    new Bonjour({}, (error: Error) => log.warn('discovery.failed', { message: error.message })),
): Discovery {
  return {
    advertise({ name, port, fingerprint }) {
      const bonjour = open();
      // The start of the fingerprint tells offices of the same name on one network apart. No mDNS probe for a free
      // name (`probe: false`): any machine could claim that it is taken, and so silence the hub.
      const service = { name: `${name} (${fingerprint.slice(0, 6)})`, type: serviceType, port, disableIPv6: true };
      bonjour.publish({ ...service, probe: false, txt: { fp: fingerprint, office: name } });
      return () => bonjour.unpublishAll(() => bonjour.destroy());
    },
    browse(found) {
      const bonjour = open();
      const onService = (service: Service) => {
        const hint = hintIn(service);
        if (hint) found(hint);
      };
      const browser = bonjour.find({ type: serviceType }, onService);
      // Another machine has answered under the same name.
      browser.on('srv-update', onService);
      browser.on('txt-update', onService);
      return () => {
        browser.stop();
        bonjour.destroy();
      };
    },
  };
}

function hintIn({ addresses = [], port, txt, referer }: Service): HubHint | null {
  const host = addresses.find((address) => /^\d+\.\d+\.\d+\.\d+$/.test(address));
  const { fp, office } = (txt ?? {}) as Record<string, unknown>;
  if (!host || typeof fp !== 'string' || typeof office !== 'string') return null;
  const name = office.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').slice(0, nameMax);
  return { name, address: `${host}:${port}`, fingerprint: fp, sender: referer?.address ?? host };
}
