import { app, type Session, session } from 'electron';
import type { Log } from '../hub/ports';
import { pageOrigin } from './content-security';

const allowedPermissions = new Set(['notifications', 'clipboard-sanitized-write']);

/** For every page of the app: no navigation, no new windows, no web views. */
export function lockDownContents(log: Log, developmentUrl: string | null): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      // A page may only reload itself.
      if (url === contents.getURL() && url.startsWith(developmentUrl ?? pageOrigin)) return;
      event.preventDefault();
      log.warn('page.navigationDenied');
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => {
      log.warn('page.windowDenied');
      return { action: 'deny' };
    });
  });
}

/** Only notifications and copying are permitted: no downloads, no requests but for the page's own files. */
export function lockDownSession(
  log: Log,
  developmentUrl: string | null,
  target: Session = session.defaultSession,
): void {
  target.setPermissionRequestHandler((_contents, permission, decide) => {
    const allowed = allowedPermissions.has(permission);
    if (!allowed) log.warn('page.permissionDenied', { permission });
    decide(allowed);
  });
  target.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission));
  target.setDevicePermissionHandler(() => false);
  target.on('will-download', (event) => event.preventDefault());
  // Only macOS has a checker of its own; elsewhere dictionaries would be downloaded from the internet.
  target.setSpellCheckerEnabled(process.platform === 'darwin');
  if (developmentUrl !== null) return;
  target.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*'] },
    (_details, decide) => {
      log.warn('page.requestDenied');
      decide({ cancel: true });
    },
  );
}
