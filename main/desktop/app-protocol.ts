import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy, noncePlaceholder, pageHeaders, pageScheme } from './content-security';
import { resolvePageFile } from './page-files';

/** Must be called before the app is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built workstation at `app://foyer/`, with a new nonce in the policy of each load. */
export function servePage(folder: string): void {
  protocol.handle(pageScheme, async (request) => {
    const file = request.method === 'GET' ? resolvePageFile(folder, request.url) : null;
    if (file === null) return new Response('Not found', { status: 404 });
    const nonce = randomBytes(16).toString('base64');
    const headers = pageHeaders(file.contentType, contentSecurityPolicy(nonce));
    try {
      const contents = await readFile(file.path);
      if (basename(file.path) !== 'index.html') return new Response(contents, { headers });
      return new Response(contents.toString('utf8').replaceAll(noncePlaceholder, nonce), { headers });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}
