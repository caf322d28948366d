import { Api } from '../api/api';
import type { AttachmentDesk } from '../attachments/attachment-desk';
import type { HubKeys } from '../entrance/hub-keys';
import type { ListenerRole } from '../limits';
import type { Hub } from '../start-hub';
import { officeOf } from '../state/config';
import { acceptConnection } from './connection';
import { type Listener, openListener } from './listener';
import type { ListenerOptions } from './listener-options';
import { loopbackOnly, type OutsideAccess } from './proxy-view';

export interface Listeners {
  agents: Listener;
  customers: Listener;
  /** The listener for desktops on other machines; null: they cannot join. */
  lan: Listener | null;
}

export interface ListenersOptions {
  /** The hub that runs now. */
  hub(): Hub;
  attachments: AttachmentDesk;
  randomBytes(size: number): Uint8Array;
  agents: Address;
  customers: Address & { access: OutsideAccess };
  lan: { host: string; port: number; keys: HubKeys } | null;
}

interface Address {
  host: string;
  port: number;
  pageFolder: string;
}

type Place = Pick<ListenerOptions, 'host' | 'port' | 'pageFolder' | 'access' | 'tls'>;

/** Opens all of them, or none. */
export async function openListeners(options: ListenersOptions): Promise<Listeners> {
  const { hub, attachments, randomBytes, agents, customers, lan } = options;
  const opened: Listener[] = [];
  const api = new Api(hub);
  const open = async (role: ListenerRole, place: Place) => {
    const listener = await openListener({
      ...place,
      role,
      limits: hub().limits,
      log: hub().log,
      attachments,
      api,
      randomBytes,
      mayAsk: (address) => hub().door.request(role, address),
      config: () => hub().state.config,
      widget: () => officeOf(hub().state.config).widget,
      accept: (line) => {
        lan?.keys.keep(hub());
        return acceptConnection(hub(), role, line);
      },
    });
    opened.push(listener);
    return listener;
  };
  try {
    return {
      agents: await open('agent', { ...agents, access: loopbackOnly, tls: null }),
      customers: await open('customer', { ...customers, tls: null }),
      lan: lan && (await open('agent', { ...lanPlace(lan), access: loopbackOnly })),
    };
  } catch (error) {
    await Promise.all(opened.map((listener) => listener.close()));
    throw error;
  }
}

function lanPlace({ host, port, keys }: { host: string; port: number; keys: HubKeys }) {
  return { host, port, pageFolder: '', tls: keys.present };
}

export async function closeListeners({ agents, customers, lan }: Listeners): Promise<void> {
  await Promise.all([agents, customers, ...(lan ? [lan] : [])].map((listener) => listener.close()));
}
