import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { chatPageLanguage } from '../../../shared/protocol/chat-page-path';
import type { Language } from '../../../shared/protocol/fields';
import { chatPageOf, logoPath, servedChatPage } from '../state/chat-page';
import type { Config } from '../state/config';
import type { PageFile } from './pages';

/** What the customers' page fetches of the office beside its own files; null: another path. */
export function chatPageFile(path: string, config: Config): PageFile | null {
  const language = chatPageLanguage(path);
  if (language !== null) return wordsFile(config, language);
  return path === logoPath(config) ? logoFile(chatPageOf(config).look.logo ?? '', path) : null;
}

function logoFile(logo: string, path: string): PageFile {
  const plain = { encoding: null, body: Buffer.from(logo, 'base64'), etag: `"${path}"` };
  return { type: 'image/png', isHashed: true, plain, smaller: [] };
}

function wordsFile(config: Config, language: Language): PageFile {
  const body = Buffer.from(JSON.stringify(servedChatPage(config, language)));
  const etag = createHash('sha256').update(body).digest('base64url').slice(0, 20);
  return {
    type: 'application/json; charset=utf-8',
    isHashed: false,
    plain: { encoding: null, body, etag: `"${etag}"` },
    smaller: [{ encoding: 'gzip', body: gzipSync(body), etag: `"${etag}-gzip"` }],
  };
}
