import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/global.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import * as z from 'zod';
import { dragsFiles } from '../../shared/client/draft-files';
import { createHttpTransfer } from '../../shared/client/http-transfer';
import { saveFile } from '../../shared/client/save-file';
import { createWebSocketTransport } from '../../shared/client/web-socket-transport';
import type { DesktopApi } from '../../shared/desktop-api';
import { canNotify } from './alerts/browser-notify';
import { App } from './app/App';
import { createColourSchemeManager } from './app/colour-scheme';
import { AppProvider } from './lifecycle/app-context';
import { createApp } from './lifecycle/app-store';
import { createChime } from './services/chime';
import { createForeground } from './services/foreground';
import { createIdleness } from './services/idleness';
import { createLinkFinder } from './services/link-finder';
import { createPageClock } from './services/page-clock';
import { createPageStorage } from './services/page-storage';
import { createPreferences, PreferencesProvider } from './services/preferences';
import { type Services, ServicesProvider } from './services/services';
import { createTicker } from './services/ticker';
import { createBridgeTransfer } from './session/bridge-transfer';
import { createBridgeTransport } from './session/bridge-transport';
import { copyText } from './ui/copy-text';
import { StyleProvider } from './ui/StyleProvider';
import { createWords, firstLanguage } from './ui/text';

declare global {
  interface Window {
    /** The desktop's bridge; absent in a plain browser. */
    foyer?: DesktopApi;
  }
}

// zod would try `eval` for speed, which the page's content security policy forbids.
z.config({ jitless: true });

/** Ignores files dropped outside a drop target: the browser would open them in place of the page. */
function stayOnDrops() {
  for (const name of ['dragover', 'drop'] as const)
    window.addEventListener(name, (event) => {
      if (dragsFiles(event.dataTransfer)) event.preventDefault();
    });
}

async function start(root: HTMLElement) {
  stayOnDrops();
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
  setNonce(nonce);
  const desktop = window.foyer ?? null;
  const info = await desktop?.call('app.info').catch(() => null);
  const storage = createPageStorage(readLocalStorage());
  const clock = createPageClock();
  const services: Services = {
    clock,
    random: Math.random,
    storage,
    ticker: createTicker(clock),
    foreground: createForeground(window, desktop),
    idleMs: createIdleness(window, desktop, clock),
    chime: createChime(() => new AudioContext()),
    transport: desktop ? createBridgeTransport(desktop) : createWebSocketTransport((url) => new WebSocket(url)),
    createTransfer: (token) => (desktop ? createBridgeTransfer(desktop) : createHttpTransfer(() => token)),
    desktop,
    location: { protocol: window.location.protocol, host: window.location.host },
    deviceLabel: info?.computer || deviceLabel(desktop !== null),
    notifications: () => (info ? (info.notifications ? 'yes' : 'never') : canNotify()),
    copy: (text) => copyText(text, desktop),
    openLink(url) {
      if (desktop) void desktop.call('link.open', url).catch(() => {});
      else window.open(url, '_blank', 'noopener,noreferrer');
    },
    findLinks: createLinkFinder(),
    async saveFile(file, name) {
      if (desktop) await desktop.call('file.save', name, new Uint8Array(await file.arrayBuffer()));
      else saveFile(file, name);
    },
    reload: () => window.location.reload(),
    outdatedRuntime: info?.outdated ? info.electron : null,
    mac: navigator.userAgent.includes('Mac OS X'),
  };
  const words = createWords(firstLanguage(storage.read('language'), navigator.languages));
  const app = createApp(services);
  createRoot(root).render(
    <I18nextProvider i18n={words}>
      <StyleProvider colorSchemeManager={createColourSchemeManager(storage, desktop)} nonce={nonce}>
        <ServicesProvider services={services}>
          <PreferencesProvider preferences={createPreferences(storage)}>
            <AppProvider app={app}>
              <App />
            </AppProvider>
          </PreferencesProvider>
        </ServicesProvider>
      </StyleProvider>
    </I18nextProvider>,
  );
  void app.begin();
}

function readLocalStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function deviceLabel(isDesktop: boolean): string {
  const system = /Windows|Mac OS X|Linux/.exec(navigator.userAgent)?.[0] ?? '';
  return `${isDesktop ? 'Foyer' : 'Browser'} ${system.replace('Mac OS X', 'macOS')}`.trim();
}

const root = document.getElementById('root');
if (root) void start(root);
