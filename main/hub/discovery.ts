import { Bonjour } from 'bonjour-service';
import type { Log } from './ports';

/** `_foyer._tcp` */
const serviceType = 'foyer';

/** What a hub says of itself on the LAN. Anybody can say the same: it is a hint, and nothing is believed for it. */
export interface HubHint {
  name: string;
  /** `host:port`. */
  address: string;
  fingerprint: string;
}

/** Finding hubs by multicast DNS. */
export interface Discovery {
  /** Says that a hub is here, until what is returned is called. */
  advertise(hub: { name: string; port: number; fingerprint: string }): () => void;
  /** Tells of every hub that answers, until what is returned is called. */
  browse(found: (hint: HubHint) => void): () => void;
}

export function openDiscovery(log: Log): Discovery {
  const open = () => new Bonjour({}, (error: Error) => log.warn('discovery.failed', { message: error.message }));
  return {
    advertise({ name, port, fingerprint }) {
      const bonjour = open();
      // Two offices of one name may be on one network: the fingerprint's start keeps their services apart.
      const service = { name: `${name} (${fingerprint.slice(0, 6)})`, type: serviceType, port, disableIPv6: true };
      bonjour.publish({ ...service, txt: { fp: fingerprint, office: name } });
      return () => bonjour.unpublishAll(() => bonjour.destroy());
    },
    browse(found) {
      const bonjour = open();
      const browser = bonjour.find({ type: serviceType }, ({ addresses = [], port, txt }) => {
        const host = addresses.find((address) => /^\d+\.\d+\.\d+\.\d+$/.test(address));
        const { fp, office } = (txt ?? {}) as Record<string, unknown>;
        if (!host || typeof fp !== 'string' || typeof office !== 'string') return;
        found({ name: office.slice(0, 80), address: `${host}:${port}`, fingerprint: fp });
      });
      return () => {
        browser.stop();
        bonjour.destroy();
      };
    },
  };
}
