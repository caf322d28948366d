import { join } from 'node:path';
import { app, Menu, nativeTheme, powerMonitor, powerSaveBlocker, safeStorage } from 'electron';
import type { DesktopEvents } from '../../shared/desktop-api';
import type { Discovery } from '../hub/listen/discovery';
import type { Log } from '../hub/ports';
import { closeToOthers } from '../hub/store/own-folder';
import { createAlerts } from './alerts';
import { servePage } from './app-protocol';
import { createAppearance } from './appearance';
import { createAutoStart } from './auto-start';
import type { Tell } from './bridge';
import { callHandlers } from './call-handlers';
import type { DeepLinks } from './deep-link';
import { createWhereabouts } from './find-hubs';
import type { HostedHubOptions } from './hub-calls';
import { createHubFiles } from './hub-files';
import { createHubHost, type HubHost } from './hub-host';
import { HubProcess, inHubProcess, openRemoteHub } from './hub-process';
import { jsonFile } from './json-file';
import { keepAwake } from './keep-awake';
import { createLine } from './line';
import { lockDownSession } from './lock-down';
import { createMainPage, type MainPage } from './main-page';
import { appMenu } from './menu';
import { openPage } from './open-page';
import type { AppPorts } from './ports';
import { createProfileStore } from './profile-store';
import { quitInOrder } from './quit';
import { quitQuestion } from './quit-question';
import { createTokenGuard } from './token-guard';
import { createTokenVault } from './token-vault';
import { createTray, type FoyerTray } from './tray';
import { desktopText } from './tray-menu';
import { watchSleep } from './watch-sleep';
import { windowPlace } from './window-place';

export interface DesktopParts {
  ports: AppPorts;
  log: Log;
  /** The live page's address under `npm run dev`, else null. */
  developmentUrl: string | null;
  preload: string;
  pages: HostedHubOptions['pages'];
  discovery: Pick<Discovery, 'browse'>;
  links: DeepLinks;
  /** Whether this start is for sample data only. */
  sampleData: boolean;
}

/** Builds the desktop and wires it together, once Electron is ready. */
export async function openDesktop(parts: DesktopParts): Promise<void> {
  const { ports, log, developmentUrl, links, discovery, sampleData } = parts;
  const folder = app.getPath('userData');
  // The folder holds the device's token and, if the hub runs here, all of its data.
  await closeToOthers(folder).catch((error) => log.warn('folder.notClosed', { message: String(error) }));
  lockDownSession(log, developmentUrl);
  servePage(parts.pages.workstation);

  const page = createMainPage();
  app.on('second-instance', page.show);
  app.on('activate', page.show);
  links.listen(() => {
    page.show();
    page.tell('invitation.opened', {});
  });
  const hubHost = createDesktopHubHost(parts, folder, page);
  watchSleep(powerMonitor, () => ports.clock.now(), hubHost.slept);
  const hubAccess = await openHubAccess(parts, folder, hubHost, page.tell);
  const tray = createTrayAndMenu(parts, hubHost, page);
  const alerts = createPageAlerts(ports, page);
  const appearance = createAppearance(folder, nativeTheme);
  let startHub = () => {};
  const resumed = new Promise<void>((resolve) => {
    startHub = resolve;
  }).then(hubHost.resume);
  const handlers = callHandlers({
    ...hubAccess,
    ...{ ports, hubHost, resumed, alerts, tray, links, appearance, discovery, sampleData, log },
    autoStart: createAutoStart(app, process.platform, process.env.APPIMAGE),
    logFolder: join(folder, 'logs'),
  });

  const { line } = hubAccess;
  const place = jsonFile(join(folder, 'window.json'), windowPlace);
  const quit = quitInOrder(async () => {
    line.drop();
    await hubHost.stop();
    await place.settled();
    await appearance.settled();
    log.info('app.stopped');
  }, log);

  log.info('app.started', {
    version: app.getVersion(),
    electron: process.versions.electron,
    platform: process.platform,
  });
  await appearance.restore();
  const opening = openPage({
    ...{ ports, log, folder, preload: parts.preload, developmentUrl, place, handlers, alerts, line, tray },
    isQuitting: quit.isQuitting,
    opened: page.attach,
    // The hub starts after the window's first frame, which its start would delay.
    drawn: startHub,
  });
  await Promise.all([opening, resumed]);
}

function createDesktopHubHost(parts: DesktopParts, folder: string, page: MainPage): HubHost {
  const { ports, log } = parts;
  const { clock } = ports;
  const started = () => new HubProcess(ports.forkHub(), log);
  return createHubHost({
    ...{ folder, clock, log },
    firstPorts: ports.hubPorts,
    pages: parts.pages,
    openHub: (options) => openRemoteHub(started(), options, { clock, log }),
    recoverFolder: (dataFolder, kind) =>
      inHubProcess(started(), (process) => process.call('folder.recover', dataFolder, kind)),
    restoreBackup: (file, passphrase, dataFolder) =>
      inHubProcess(started(), (process) => process.call('folder.restore', file, passphrase, dataFolder)),
    running: keepAwake(powerSaveBlocker),
    ended() {
      page.show();
      page.tell('hub.ended', {});
    },
  });
}

/** The way to the hub that the user is signed in to, here or on another machine. */
async function openHubAccess(
  { log, discovery }: DesktopParts,
  folder: string,
  hubHost: HubHost,
  tell: Tell<DesktopEvents>,
) {
  const vault = createTokenVault(folder, safeStorage, process.platform);
  const ownHubUrl = () => {
    const hub = hubHost.state();
    return hub.state === 'running' ? hub.agentUrl : null;
  };
  const guard = createTokenGuard(createProfileStore(folder, vault), ownHubUrl, log);
  await guard.read();
  const whereabouts = createWhereabouts(discovery);
  const line = createLine(tell, log, whereabouts, guard);
  return { vault, guard, line, files: createHubFiles(whereabouts, guard.pins) };
}

function createTrayAndMenu({ ports, developmentUrl }: DesktopParts, hubHost: HubHost, page: MainPage): FoyerTray {
  const language = app.getLocale().startsWith('zh') ? 'zh' : 'en';
  const quit = async () => {
    const question = quitQuestion(await hubHost.others(), tray.language());
    if (question === null || (await ports.confirmQuit(question))) app.quit();
  };
  const tray = createTray(language, {
    open: page.show,
    quit,
    chooseStatus: (status) => page.tell('tray.status', { status }),
  });
  const menu = appMenu({
    platform: process.platform,
    development: developmentUrl !== null,
    quitLabel: desktopText(language)['tray.quit'],
    quit,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  return tray;
}

function createPageAlerts(ports: AppPorts, page: MainPage) {
  return createAlerts({
    notify: ports.notify,
    flash: page.flash,
    cards: page.showCards,
    clicked({ alertId, conversationId }) {
      page.show();
      page.tell('alert.clicked', { alertId, conversationId });
    },
    accepted({ alertId }) {
      page.show();
      page.tell('alert.accepted', { alertId });
    },
  });
}
