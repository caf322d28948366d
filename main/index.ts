import { join } from 'node:path';
import { app } from 'electron';
import { declarePageScheme } from './desktop/app-protocol';
import { confirm } from './desktop/confirm';
import { deepLinkScheme, openDeepLinks } from './desktop/deep-link';
import { forkHub } from './desktop/fork-hub';
import { lockDownContents } from './desktop/lock-down';
import { openLogFile } from './desktop/log-file';
import { notifySystem } from './desktop/notify';
import { openDesktop } from './desktop/open-desktop';
import { pickBackup } from './desktop/pick-backup';
import type { AppPorts } from './desktop/ports';
import { isOutdated } from './desktop/runtime';
import { openDiscovery } from './hub/listen/discovery';
import { openSystemClock } from './hub/system/system-clock';

/** Set by the build: false where another entry hands in the ports (`test/e2e/app`). */
declare const __FOYER_STARTS_ITSELF__: boolean;

/** Starts the desktop app. Must be called before Electron is ready. */
export function startApp(ports: AppPorts): void {
  const sampleData = app.commandLine.hasSwitch('sample-data');
  if (ports.userData !== null) app.setPath('userData', ports.userData);
  // Runs as a separate desktop beside the real one, which may be open.
  else if (sampleData) app.setPath('userData', `${app.getPath('userData')}-sample`);
  if (!app.requestSingleInstanceLock()) {
    // Electron tells the first instance, which comes to the front.
    app.exit(0);
    return;
  }
  // Electron crashes when told both; the switch is never added here, only by a launcher that runs as root.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.setAppUserModelId('org.foyer.desktop');
  // A run from source would register the bare runtime.
  if (app.isPackaged) app.setAsDefaultProtocolClient(deepLinkScheme);
  const links = openDeepLinks(app, process.argv);
  declarePageScheme();
  const log = ports.openLog(app.getPath('userData'));
  const discovery = ports.openDiscovery(log);
  // The address of the live page under `npm run dev`, else null.
  const developmentUrl = (!app.isPackaged && process.env.ELECTRON_RENDERER_URL) || null;
  lockDownContents(log, developmentUrl);
  const built = (name: string) => join(__dirname, '..', name);
  app
    .whenReady()
    .then(() =>
      openDesktop({
        ports,
        log,
        developmentUrl,
        preload: join(built('preload'), 'preload.js'),
        pages: { workstation: built('renderer'), customer: built('customer') },
        discovery,
        links,
        sampleData,
      }),
    )
    .catch((error: unknown) => {
      log.error('app.startFailed', { message: error instanceof Error ? error.message : 'unknown' });
      app.exit(1);
    });
}

if (__FOYER_STARTS_ITSELF__) {
  startApp({
    clock: openSystemClock(),
    forkHub: () => forkHub(join(__dirname, '..', 'hub-process', 'hub-process.js')),
    userData: null,
    hubPorts: { agent: 7800, customer: 7801, lan: { host: '0.0.0.0', port: 7802 } },
    openDiscovery,
    openLog: openLogFile,
    notify: notifySystem,
    pickBackup,
    isOutdated: isOutdated(process.versions.electron ?? ''),
    confirmQuit: confirm,
    confirmLink: confirm,
    confirmReset: confirm,
    confirmReload: confirm,
  });
}
