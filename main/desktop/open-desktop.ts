import { hostname, release } from 'node:os';
import { join } from 'node:path';
import {
  app,
  type BrowserWindow,
  clipboard,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  shell,
} from 'electron';
import type { DesktopCalls, DesktopEvents } from '../../shared/desktop-api';
import { nameMax } from '../../shared/protocol/limits';
import type { Discovery } from '../hub/listen/discovery';
import type { Log } from '../hub/ports';
import type { HubOptions } from '../hub/running-hub';
import { closeToOthers } from '../hub/store/own-folder';
import { ownAddresses } from '../hub/system/own-addresses';
import { type Alerts, createAlerts } from './alerts';
import { servePage } from './app-protocol';
import { type Appearance, createAppearance } from './appearance';
import { type AutoStart, createAutoStart } from './auto-start';
import { openPageBridge, type Tell } from './bridge';
import { type CardWindow, createCardWindow } from './card-window';
import { pageOrigin } from './content-security';
import type { DeepLinks } from './deep-link';
import { createWhereabouts, findHubs } from './find-hubs';
import { createHubFiles, type HubFiles } from './hub-files';
import { createHubHost, type HostParts, type HubHost } from './hub-host';
import { jsonFile } from './json-file';
import { createLine, type Line } from './line';
import { lockDownSession } from './lock-down';
import { appMenu } from './menu';
import { openLink } from './open-link';
import { createPageKeeper } from './page-keeper';
import type { AppPorts } from './ports';
import { createProfileStore } from './profile-store';
import { quitInOrder } from './quit';
import { quitQuestion } from './quit-question';
import { reloadQuestion } from './reload-question';
import { resetQuestion } from './reset-question';
import { saveFile } from './save-file';
import { saidOnce, stayInTray } from './stay-in-tray';
import { createTokenGuard, type TokenGuard } from './token-guard';
import { createTokenVault, type TokenVault } from './token-vault';
import { createTray, type FoyerTray } from './tray';
import { desktopText } from './tray-menu';
import { watchSleep } from './watch-sleep';
import { isInSight, onSight, openMainWindow, showWindow } from './window';
import { windowPlace } from './window-place';

export interface DesktopParts {
  ports: AppPorts;
  log: Log;
  /** The live page's address under `npm run dev`, else null. */
  developmentUrl: string | null;
  preload: string;
  pages: HubOptions['pages'];
  openHub: HostParts['openHub'];
  discovery: Discovery;
  links: DeepLinks;
  /** Whether this start is for sample data only. */
  sampleData: boolean;
}

/** Builds the desktop and wires it together, once Electron is ready. */
export async function openDesktop(parts: DesktopParts): Promise<void> {
  const { ports, log, developmentUrl } = parts;
  const folder = app.getPath('userData');
  // The device's token is in it, and where the hub runs here, everything.
  await closeToOthers(folder).catch((error) => log.warn('folder.notClosed', { message: String(error) }));
  lockDownSession(log, developmentUrl);
  servePage(parts.pages.workstation);

  let window: BrowserWindow | null = null;
  const show = () => {
    if (window) showWindow(window);
  };
  app.on('second-instance', show);
  app.on('activate', show);

  // Much tells the page things that is made before its window.
  let tellPage: Tell<DesktopEvents> | null = null;
  const tell: Tell<DesktopEvents> = (name, payload) => tellPage?.(name, payload);

  const hubHost = createHubHost({
    folder,
    hubPorts: { clock: ports.clock, randomBytes: ports.randomBytes, log },
    firstPorts: ports.hubPorts,
    pages: parts.pages,
    openHub: parts.openHub,
    advertise: parts.discovery.advertise,
    async recoverFolder(dataFolder, kind) {
      const { recoverFolder } = await import('../hub/store/recover-folder');
      return recoverFolder(dataFolder, kind);
    },
    async restoreBackup(file, passphrase, dataFolder) {
      const { restoreBackup } = await import('../hub/store/restore-backup');
      await restoreBackup(file, dataFolder, ports.clock.now(), passphrase);
    },
    running: keepAwake(),
    ended() {
      show();
      tell('hub.ended', {});
    },
  });
  watchSleep(powerMonitor, () => ports.clock.now(), hubHost.slept);
  parts.links.listen(() => {
    show();
    tell('invitation.opened', {});
  });
  const whereabouts = createWhereabouts(parts.discovery);
  const vault = createTokenVault(folder, safeStorage, process.platform);
  const guard = createTokenGuard(
    createProfileStore(folder, vault),
    () => {
      const hub = hubHost.state();
      return hub.state === 'running' ? hub.agentUrl : null;
    },
    log,
  );
  await guard.read();
  const line = createLine(tell, log, whereabouts, guard);
  const files = createHubFiles(whereabouts, guard.pins);
  const language = app.getLocale().startsWith('zh') ? 'zh' : 'en';
  const askToQuit = async () => {
    const question = quitQuestion(hubHost.others(), tray.language());
    if (question === null || (await ports.confirmQuit(question))) app.quit();
  };
  const tray = createTray(language, {
    open: show,
    quit: askToQuit,
    chooseStatus: (status) => tell('tray.status', { status }),
  });
  const menu = appMenu({
    platform: process.platform,
    development: developmentUrl !== null,
    quitLabel: desktopText(language)['tray.quit'],
    quit: askToQuit,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  let cards: CardWindow | null = null;
  const alerts = createAlerts({
    notify: ports.notify,
    flash: (on) => flash(window, on),
    badge: (count) => app.setBadgeCount(count),
    cards: (shown) => cards?.show(shown),
    clicked({ alertId, conversationId }) {
      show();
      tell('alert.clicked', { alertId, conversationId });
    },
    accepted({ alertId }) {
      show();
      tell('alert.accepted', { alertId });
    },
  });
  let startHub = () => {};
  const resumed = new Promise<void>((resolve) => {
    startHub = resolve;
  }).then(hubHost.resume);
  const appearance = createAppearance(folder, nativeTheme);
  const origin = developmentUrl === null ? pageOrigin : new URL(developmentUrl).origin;
  const handlers = callHandlers({
    ...{ hubHost, resumed, vault, guard, line, files, alerts, tray },
    links: parts.links,
    appearance,
    autoStart: createAutoStart(app, process.platform, process.env.APPIMAGE),
    logFolder: join(folder, 'logs'),
    discovery: parts.discovery,
    pickBackup: ports.pickBackup,
    confirmLink: ports.confirmLink,
    confirmReset: ports.confirmReset,
    sampleData: parts.sampleData,
    isOutdated: ports.isOutdated,
    log,
  });

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
  const main = await openMainWindow({ preload: parts.preload, place, dark: nativeTheme.shouldUseDarkColors });
  window = main;
  tellPage = openPageBridge(main.webContents, origin, handlers, log);
  const page = (name: string) => `${developmentUrl ?? pageOrigin}/${name}`;
  cards = createCardWindow({
    ...{ preload: parts.preload, url: page('cards.html'), origin, log, main },
    accept: alerts.accept,
    open: alerts.open,
  });
  onSight(main, () => tell('window.sight', { inSight: isInSight(main) }));
  stayInTray(main, {
    isQuitting: quit.isQuitting,
    said: jsonFile(join(folder, 'said-once.json'), saidOnce),
    language: tray.language,
    notify: ports.notify,
    show,
  });
  main.on('focus', () => flash(main, false));
  const keeper = createPageKeeper({
    now: () => Date.now(),
    reload: () => !main.isDestroyed() && main.webContents.reload(),
    askAgain: () => ports.confirmReload(reloadQuestion(tray.language())),
  });
  main.on('show', keeper.shown);
  forgetWithPage(main, { line, alerts, log, gone: keeper.gone });
  // Once there is something in the window: sooner, the start of the hub would hold that up.
  main.once('ready-to-show', startHub);
  await Promise.all([main.loadURL(page('index.html')).finally(startHub), resumed]);
}

const notSignedIn = { ok: false as const, code: 'signInNeeded' };

interface Handled {
  hubHost: HubHost;
  /** The hub that was set up here before has started, or failed to. */
  resumed: Promise<unknown>;
  vault: TokenVault;
  guard: TokenGuard;
  line: Line;
  files: HubFiles;
  alerts: Alerts;
  tray: FoyerTray;
  links: DeepLinks;
  appearance: Appearance;
  autoStart: AutoStart;
  logFolder: string;
  discovery: Discovery;
  pickBackup: AppPorts['pickBackup'];
  confirmLink: AppPorts['confirmLink'];
  confirmReset: AppPorts['confirmReset'];
  sampleData: boolean;
  isOutdated: boolean;
  log: Log;
}

function callHandlers(parts: Handled): DesktopCalls {
  const { hubHost, resumed, vault, guard, line, files, alerts, tray, links, autoStart, logFolder } = parts;
  const { appearance, discovery, pickBackup, confirmLink, confirmReset, sampleData, isOutdated, log } = parts;
  // The page never names a file: it can only bring a passphrase for what the person picked.
  let picked: string | null = null;
  const openFolder = async (path: string) => {
    const problem = await shell.openPath(path);
    if (problem !== '') throw new Error(problem);
  };
  return {
    'app.info': async () => ({
      version: app.getVersion(),
      computer: hostname().slice(0, nameMax),
      electron: process.versions.electron ?? '',
      outdated: isOutdated,
      platform: process.platform,
      secureTokens: await vault.isSecure(),
      sampleData,
      notifications: Notification.isSupported(),
    }),
    'profile.read': guard.read,
    'profile.write': guard.write,
    'hub.host': hubHost.host,
    'hub.sample': hubHost.sample,
    async 'hub.state'() {
      await resumed;
      return hubHost.state();
    },
    'hub.resume': hubHost.resume,
    'hub.recover': hubHost.recover,
    async 'hub.restore'() {
      picked = await pickBackup();
      return picked === null ? null : hubHost.restore(picked, null);
    },
    'hub.restorePicked': async (passphrase) => (picked === null ? null : hubHost.restore(picked, passphrase)),
    'hub.showFolder': () => openFolder(hubHost.dataFolder),
    'hub.addresses': async () => ownAddresses(),
    'hub.setLan': hubHost.setLan,
    'hub.setCustomers': hubHost.setCustomers,
    async 'hub.resetPassphrase'(passphrase, name) {
      if (!(await confirmReset(resetQuestion(tray.language())))) return 'declined';
      return hubHost.resetPassphrase(passphrase, name);
    },
    async 'hub.find'() {
      const profile = await guard.read();
      return findHubs(discovery, profile ? guard.pins(profile.agentUrl) : []);
    },
    async 'hub.pair'(address, code) {
      const { pairWith } = await import('./pair');
      return pairWith(address, code);
    },
    'line.open': async (number, url) => line.open(number, url),
    'line.send': async (number, frame) => line.send(number, frame),
    'line.close': async (number) => line.close(number),
    async 'attachment.upload'(bytes) {
      const hub = guard.present();
      return hub ? files.upload(hub.agentUrl, hub.token, bytes) : notSignedIn;
    },
    async 'attachment.download'(conversationId, attachmentId) {
      const hub = guard.present();
      return hub ? files.download(hub.agentUrl, hub.token, conversationId, attachmentId) : notSignedIn;
    },
    'file.save': (name, bytes) => saveFile(name, bytes, log),
    'alert.show': async (alert) => alerts.show(alert),
    'alert.clear': async (alertId) => alerts.clear(alertId),
    'tray.show': async (view) => tray.show(view),
    'appearance.write': appearance.write,
    'clipboard.write': async (text) => clipboard.writeText(text),
    'invitation.take': async () => links.take(),
    'autoStart.read': autoStart.read,
    'autoStart.write': autoStart.write,
    'log.showFolder': () => openFolder(logFolder),
    async 'support.save'() {
      const { makeSupportBundle } = await import('./support-bundle');
      const { electron, node } = process.versions;
      const machine = { platform: process.platform, release: release(), arch: process.arch };
      const facts = { version: app.getVersion(), electron, node, ...machine, hosting: hubHost.state().state };
      return saveFile('foyer-support.tar.gz', await makeSupportBundle(logFolder, facts), log);
    },
    async 'link.open'(url) {
      const open = (link: string) => shell.openExternal(link);
      const opened = await openLink(url, desktopText(tray.language()), { open, confirm: confirmLink });
      if (!opened) throw new Error('not a link to open');
    },
  };
}

/** What belongs to a page ends with it: a reload or a crash leaves no line and no alert behind. */
interface WithPage {
  line: Line;
  alerts: Alerts;
  log: Log;
  gone(): Promise<void>;
}

function forgetWithPage(window: BrowserWindow, { line, alerts, log, gone }: WithPage): void {
  const forget = () => {
    line.drop();
    alerts.clearAll();
  };
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) forget();
  });
  window.webContents.on('render-process-gone', (_event, details) => {
    forget();
    log.error('page.gone', { reason: details.reason });
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) void gone();
  });
  window.on('closed', forget);
}

function flash(window: BrowserWindow | null, on: boolean): void {
  if (window && !window.isDestroyed() && !(on && window.isFocused())) window.flashFrame(on);
}

/** The machine stays awake while the hub runs here: customers and colleagues rely on it. */
function keepAwake(): (isRunning: boolean) => void {
  let blocker: number | null = null;
  return (isRunning) => {
    if (isRunning && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!isRunning && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
