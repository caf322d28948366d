import { createContext, type ReactNode, use } from 'react';
import type { Clock } from '../../../shared/client/clock';
import type { Transfer } from '../../../shared/client/transfer';
import type { Transport } from '../../../shared/client/transport';
import type { DesktopApi } from '../../../shared/desktop-api';
import type { Link } from '../../../shared/links';
import type { Chime } from './chime';
import type { Foreground } from './foreground';
import type { Idleness } from './idleness';
import type { PageStorage } from './page-storage';
import type { Ticker } from './ticker';

/** The page's side effects behind interfaces: created once in main.tsx, replaced by doubles in tests. */
export interface Services {
  clock: Clock;
  random(): number;
  storage: PageStorage;
  ticker: Ticker;
  foreground: Foreground;
  idleMs: Idleness;
  chime: Chime;
  transport: Transport;
  /** Uploads and downloads of files with this agent's rights. */
  createTransfer(token: string): Transfer;
  /** null in a plain browser. */
  desktop: DesktopApi | null;
  /** The page's origin; in a browser that is the hub. */
  location: { protocol: string; host: string };
  deviceLabel: string;
  /** Whether this system shows the app's notifications; a browser may have to be asked first. */
  notifications(): 'yes' | 'ask' | 'no' | 'never';
  copy(text: string): Promise<boolean>;
  openLink(url: string): void;
  /** The addresses in a text. */
  findLinks(text: string): Link[];
  saveFile(file: Blob, name: string): Promise<void>;
  reload(): void;
  /** Electron's version if it gets no security fixes any more, else null. */
  outdatedRuntime: string | null;
  /** On macOS: Cmd in place of Ctrl. */
  mac: boolean;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('There is no ServicesProvider above this component.');
  return services;
}
