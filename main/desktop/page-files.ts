import { join, normalize, sep } from 'node:path';
import { pageOrigin } from './content-security';

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
};

/** The file behind an address of the page, or null: another host, or outside of the folder. */
export function resolvePageFile(folder: string, address: string): { path: string; contentType: string } | null {
  let url: URL;
  let name: string;
  try {
    url = new URL(address);
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (`${url.protocol}//${url.host}` !== pageOrigin || name.includes('\0') || name.includes('\\')) return null;
  const path = normalize(join(folder, name === '/' ? 'index.html' : name));
  if (!path.startsWith(normalize(folder + sep))) return null;
  const contentType = types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  return contentType === undefined ? null : { path, contentType };
}
