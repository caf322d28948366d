import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Sender } from './proxy-view';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
};

/** Made at build, beside each file that shrinks; the best first. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

export interface Encoded {
  /** Null: as it is. */
  encoding: (typeof encodings)[number]['name'] | null;
  body: Buffer;
  etag: string;
}

export interface PageFile {
  type: string;
  /** Its name tells its content, so that nobody has to ask for it again. */
  isHashed: boolean;
  plain: Encoded;
  /** Compressed, the best first. */
  smaller: Encoded[];
}

/** As small as the client can read it. */
export function bestOf({ plain, smaller }: PageFile, acceptEncoding: string | undefined): Encoded {
  const wanted = (acceptEncoding ?? '').split(',').filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each));
  const accepted = new Set(wanted.map((each) => each.split(';')[0]?.trim()));
  return smaller.find(({ encoding }) => accepted.has(encoding ?? '')) ?? plain;
}

/**
 * A built page's files, read once into memory. Not by sirv: sirv 3 throws out of the request handler on
 * `Range: bytes=9-1`, and its read stream has no error handler, so a customer could crash the hub.
 */
export class PageFolder {
  private loading: Promise<Map<string, PageFile>> | null = null;

  constructor(private readonly folder: string) {}

  /** The file at a path like `/assets/app.js`, or null. Only files listed when the folder was read are served. */
  async file(path: string): Promise<PageFile | null> {
    this.loading ??= this.load();
    const files = await this.loading;
    // Not built yet: read it again next time.
    if (files.size === 0) this.loading = null;
    return files.get(path) ?? null;
  }

  private async load(): Promise<Map<string, PageFile>> {
    const files = new Map<string, PageFile>();
    await this.loadInto(files, this.folder, '/').catch(() => files.clear());
    return files;
  }

  private async loadInto(files: Map<string, PageFile>, folder: string, prefix: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await this.loadInto(files, path, `${prefix}${entry.name}/`);
      if (!entry.isFile() || encodings.some(({ suffix }) => entry.name.endsWith(suffix))) continue;
      const type = types[extname(entry.name).toLowerCase()] ?? 'application/octet-stream';
      const isHashed = /^\/assets\/.*-[\w-]{8}\.\w+$/.test(`${prefix}${entry.name}`);
      const plain = encoded(null, await readFile(path));
      files.set(`${prefix}${entry.name}`, { type, isHashed, plain, smaller: await smallerThan(path) });
    }
  }
}

async function smallerThan(path: string): Promise<Encoded[]> {
  const found = encodings.map(async ({ name, suffix }) => {
    const body = await readFile(`${path}${suffix}`).catch(() => null);
    return body === null ? [] : [encoded(name, body)];
  });
  return (await Promise.all(found)).flat();
}

function encoded(encoding: Encoded['encoding'], body: Buffer): Encoded {
  return { encoding, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

interface PageRules {
  nonce: string | null;
  /** Pages of these sites may show it in a frame; empty: none. */
  shownBy: readonly string[];
  /** Frames that it may show itself. */
  shows: "'self'" | "'none'";
}

export const standsAlone: PageRules = { nonce: null, shownBy: [], shows: "'none'" };

/** The sender is already checked against the allow-list. */
export function pageHeaders({ host, scheme }: Sender, { nonce, shownBy, shows }: PageRules): Record<string, string> {
  const style = nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`;
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      style,
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "media-src 'self' data: blob:",
      `connect-src 'self' ${scheme === 'https' ? 'wss' : 'ws'}://${host}`,
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-src ${shows}`,
      `frame-ancestors ${shownBy.length === 0 ? "'none'" : shownBy.join(' ')}`,
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

export const noncePlaceholder = '__CSP_NONCE__';

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(`${text}\n`);
}
