import { hostname, release } from 'node:os';
import { app, clipboard, Notification, powerMonitor, shell } from 'electron';
import type { DesktopCalls } from '../../shared/desktop-api';
import { nameMax } from '../../shared/protocol/limits';
import type { Discovery } from '../hub/listen/discovery';
import type { Log } from '../hub/ports';
import { ownAddresses } from '../hub/system/own-addresses';
import type { Alerts } from './alerts';
import type { Appearance } from './appearance';
import type { AutoStart } from './auto-start';
import type { DeepLinks } from './deep-link';
import { findHubs } from './find-hubs';
import type { HubFiles } from './hub-files';
import type { HubHost } from './hub-host';
import type { Line } from './line';
import { openLink } from './open-link';
import type { AppPorts } from './ports';
import { resetQuestion } from './reset-question';
import { saveFile } from './save-file';
import type { TokenGuard } from './token-guard';
import type { TokenVault } from './token-vault';
import type { FoyerTray } from './tray';
import { desktopText } from './tray-menu';

export interface HandlerParts {
  ports: AppPorts;
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
  discovery: Pick<Discovery, 'browse'>;
  /** Whether this start is for sample data only. */
  sampleData: boolean;
  log: Log;
}

/** The handlers of the page's calls, each from the part of the app that it concerns. */
export function callHandlers(parts: HandlerParts): DesktopCalls {
  return { ...hubCalls(parts), ...lineCalls(parts), ...fileCalls(parts), ...systemCalls(parts), ...alertCalls(parts) };
}

function hubCalls({ hubHost, resumed, guard, tray, discovery, ports }: HandlerParts) {
  // The page never names a file: it can only pass a passphrase for the backup that the user picked.
  let picked: string | null = null;
  return {
    'hub.host': hubHost.host,
    'hub.sample': hubHost.sample,
    async 'hub.state'() {
      await resumed;
      return hubHost.state();
    },
    'hub.resume': hubHost.resume,
    'hub.recover': hubHost.recover,
    async 'hub.restore'() {
      picked = await ports.pickBackup();
      return picked === null ? null : hubHost.restore(picked, null);
    },
    'hub.restorePicked': async (passphrase) => (picked === null ? null : hubHost.restore(picked, passphrase)),
    'hub.showFolder': () => openFolder(hubHost.dataFolder),
    'hub.addresses': async () => ownAddresses(),
    'hub.setLan': hubHost.setLan,
    'hub.setCustomers': hubHost.setCustomers,
    async 'hub.resetPassphrase'(passphrase, name) {
      if (!(await ports.confirmReset(resetQuestion(tray.language())))) return 'declined';
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
  } satisfies Partial<DesktopCalls>;
}

function lineCalls({ guard, line }: HandlerParts) {
  return {
    'profile.read': guard.read,
    'profile.write': guard.write,
    'line.open': async (number, url) => line.open(number, url),
    'line.send': async (number, frame) => line.send(number, frame),
    'line.close': async (number) => line.close(number),
  } satisfies Partial<DesktopCalls>;
}

const notSignedIn = { ok: false as const, code: 'signInNeeded' };

function fileCalls({ guard, files, hubHost, logFolder, log }: HandlerParts) {
  return {
    async 'attachment.upload'(bytes) {
      const hub = guard.present();
      return hub ? files.upload(hub.agentUrl, hub.token, bytes) : notSignedIn;
    },
    async 'attachment.download'(conversationId, attachmentId) {
      const hub = guard.present();
      return hub ? files.download(hub.agentUrl, hub.token, conversationId, attachmentId) : notSignedIn;
    },
    'file.save': (name, bytes) => saveFile(name, bytes, log),
    'log.showFolder': () => openFolder(logFolder),
    async 'support.save'() {
      const { makeSupportBundle } = await import('./support-bundle');
      const { electron, node } = process.versions;
      const machine = { platform: process.platform, release: release(), arch: process.arch };
      const facts = { version: app.getVersion(), electron, node, ...machine, hosting: hubHost.state().state };
      return saveFile('foyer-support.tar.gz', await makeSupportBundle(logFolder, facts), log);
    },
  } satisfies Partial<DesktopCalls>;
}

function systemCalls({ vault, ports, links, appearance, autoStart, tray, sampleData }: HandlerParts) {
  return {
    'app.info': async () => ({
      version: app.getVersion(),
      computer: hostname().slice(0, nameMax),
      electron: process.versions.electron ?? '',
      outdated: ports.isOutdated,
      platform: process.platform,
      secureTokens: await vault.isSecure(),
      sampleData,
      notifications: Notification.isSupported(),
    }),
    'appearance.write': appearance.write,
    'clipboard.write': async (text) => clipboard.writeText(text),
    'invitation.take': async () => links.take(),
    'autoStart.read': autoStart.read,
    'autoStart.write': autoStart.write,
    async 'link.open'(url) {
      const open = (link: string) => shell.openExternal(link);
      const opened = await openLink(url, desktopText(tray.language()), { open, confirm: ports.confirmLink });
      if (!opened) throw new Error('not a link to open');
    },
  } satisfies Partial<DesktopCalls>;
}

function alertCalls({ alerts, tray }: HandlerParts) {
  return {
    'alert.show': async (alert) => alerts.show(alert),
    'alert.clear': async (alertId) => alerts.clear(alertId),
    'tray.show': async (view) => tray.show(view),
    'idle.read': async () => powerMonitor.getSystemIdleTime() * 1_000,
  } satisfies Partial<DesktopCalls>;
}

async function openFolder(path: string): Promise<void> {
  const problem = await shell.openPath(path);
  if (problem !== '') throw new Error(problem);
}
