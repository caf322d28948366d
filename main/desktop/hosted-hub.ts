import { join } from 'node:path';
import type { CustomersPlace, HostingRequest } from '../../shared/desktop-api';
import { HubStartError } from '../hub/hub-start-error';
import type { Discovery } from '../hub/listen/discovery';
import type { HubPorts } from '../hub/ports';
import type { HubOptions, RunningHub } from '../hub/running-hub';
import { customersHere, customersOption } from './customers-place';
import type { HostingPlaces, hostingFile } from './hosting-file';
import type { AppPorts } from './ports';

export interface HubOpening {
  /** The desktop's own folder; the hub's data is in `hub` below it. */
  folder: string;
  hubPorts: HubPorts;
  /** Tried first by a new hub; port 0 lets the system choose. */
  firstPorts: AppPorts['hubPorts'];
  pages: HubOptions['pages'];
  openHub(options: HubOptions, ports: HubPorts): Promise<RunningHub>;
  /** Announces the hub on the LAN. */
  advertise: Discovery['advertise'];
}

/** A hub that runs in this app. */
export interface HostedHub {
  hub: RunningHub;
  customers: CustomersPlace;
  kind: 'office' | 'sample';
}

export function hubDataFolder(folder: string): string {
  return join(folder, 'hub');
}

/** The office's own hub, where it listened before. `request` sets up a new one. Throws a `HubStartError`. */
export async function openOfficeHub(
  opening: HubOpening,
  file: ReturnType<typeof hostingFile>,
  request: HostingRequest | null,
): Promise<HostedHub> {
  const before = await file.read();
  const setup = request && { ...request };
  const { agent: agentPort, customer: customerPort, lan } = opening.firstPorts;
  const wanted = before ?? { agentPort, customerPort, lan, customers: customersHere };
  let hub: RunningHub;
  try {
    hub = await opening.openHub(hubOptions(opening, { ...wanted, setup }), opening.hubPorts);
  } catch (error) {
    // A new hub takes other ports if the usual ones are in use; a known one keeps its own: clients rely on them.
    if (before !== null || !(error instanceof HubStartError) || error.code !== 'portInUse') throw error;
    const anyPort = { agentPort: 0, customerPort: 0, lan: { ...lan, port: 0 }, customers: customersHere };
    hub = await opening.openHub(hubOptions(opening, { ...anyPort, setup }), opening.hubPorts);
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
    passphrase: samplePassphrase(opening),
  };
  const places = { agentPort: 0, customerPort: 0, lan: null, customers: customersHere };
  const options = { ...hubOptions(opening, { ...places, setup }), dataFolder: null, sample: true };
  const hub = await opening.openHub(options, opening.hubPorts);
  return { hub, kind: 'sample', customers: customersHere };
}

type Places = HostingPlaces & Pick<HubOptions, 'setup'>;

function hubOptions(opening: HubOpening, { lan, customers, ...more }: Places): HubOptions {
  return {
    dataFolder: hubDataFolder(opening.folder),
    host: '127.0.0.1',
    pages: opening.pages,
    sample: false,
    lan: lan && { ...lan, advertise: opening.advertise },
    customers: customersOption(customers),
    ...more,
  };
}

function portOf(address: string): number {
  return Number(new URL(address).port);
}

/** Never typed: the sample's supervisor signs in by a code. */
function samplePassphrase({ hubPorts }: HubOpening): string {
  return Buffer.from(hubPorts.randomBytes(24)).toString('base64url');
}
