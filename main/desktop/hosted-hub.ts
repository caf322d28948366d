import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { CustomersPlace, HostingRequest } from '../../shared/desktop-api';
import { HubStartError } from '../hub/hub-start-error';
import { customersHere } from './customers-place';
import type { HostingPlaces, hostingFile } from './hosting-file';
import type { HostedHubOptions } from './hub-calls';
import type { RemoteHub } from './hub-process';
import type { AppPorts } from './ports';

export interface HubOpening {
  /** The desktop's own folder; the hub's data is in `hub` below it. */
  folder: string;
  /** Tried first by a new hub; port 0 lets the system choose. */
  firstPorts: AppPorts['hubPorts'];
  pages: HostedHubOptions['pages'];
  /** Opens a hub in a process of its own. Rejects with a `HubStartError` or a `HubProcessGone`. */
  openHub(options: HostedHubOptions): Promise<RemoteHub>;
}

/** A hub that belongs to this app. */
export interface HostedHub {
  hub: RemoteHub;
  customers: CustomersPlace;
  kind: 'office' | 'sample';
}

export function hubDataFolder(folder: string): string {
  return join(folder, 'hub');
}

/** The office's own hub, where it listened before. `request` sets up a new one. Rejects as `openHub`. */
export async function openOfficeHub(
  opening: HubOpening,
  file: ReturnType<typeof hostingFile>,
  request: HostingRequest | null,
): Promise<HostedHub> {
  const before = await file.read();
  const setup = request && { ...request };
  const { agent: agentPort, customer: customerPort, lan } = opening.firstPorts;
  const wanted = before ?? { agentPort, customerPort, lan, customers: customersHere };
  let hub: RemoteHub;
  try {
    hub = await opening.openHub(hubOptions(opening, { ...wanted, setup }));
  } catch (error) {
    // A new hub takes other ports if the usual ones are in use; a known one keeps its own: clients rely on them.
    if (before !== null || !(error instanceof HubStartError) || error.code !== 'portInUse') throw error;
    const anyPort = { agentPort: 0, customerPort: 0, lan: { ...lan, port: 0 }, customers: customersHere };
    hub = await opening.openHub(hubOptions(opening, { ...anyPort, setup }));
  }
  await file.write({
    agentPort: portOf(hub.agentUrl),
    // The customers' address may be a proxy's, on another port.
    customerPort: before?.customerPort ?? portOf(hub.customerUrl),
    lan: hub.lan && wanted.lan && { host: wanted.lan.host, port: portOf(`wss://${hub.lan.addresses[0]}`) },
    customers: wanted.customers,
  });
  return { hub, kind: 'office', customers: wanted.customers };
}

/** A hub with sample data, in memory alone. */
export async function openSampleHub(opening: HubOpening): Promise<HostedHub> {
  const setup = {
    officeName: 'Sample office',
    supervisorName: 'Sample supervisor',
    // Never typed: the sample's supervisor signs in by a code.
    passphrase: randomBytes(24).toString('base64url'),
  };
  const places = { agentPort: 0, customerPort: 0, lan: null, customers: customersHere };
  const options = { ...hubOptions(opening, { ...places, setup }), dataFolder: null, sample: true };
  const hub = await opening.openHub(options);
  return { hub, kind: 'sample', customers: customersHere };
}

type Places = HostingPlaces & Pick<HostedHubOptions, 'setup'>;

function hubOptions({ folder, pages }: HubOpening, places: Places): HostedHubOptions {
  return { dataFolder: hubDataFolder(folder), pages, sample: false, ...places };
}

function portOf(address: string): number {
  return Number(new URL(address).port);
}
