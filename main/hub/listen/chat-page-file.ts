import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { chatPageLanguage } from '../../../shared/protocol/chat-page-path';
import { servedChatPage } from '../state/chat-page';
import type { Config } from '../state/config';
import type { PageFile } from './pages';

/** What the customers' page fetches of the office's words beside its own texts; null: another path. */
export function chatPageFile(path: string, config: Config): PageFile | null {
  const language = chatPageLanguage(path);
  if (language === null) return null;
  const body = Buffer.from(JSON.stringify(servedChatPage(config, language)));
  const etag = createHash('sha256').update(body).digest('base64url').slice(0, 20);
  return {
    type: 'application/json; charset=utf-8',
    isHashed: false,
    plain: { encoding: null, body, etag: `"${etag}"` },
    smaller: [{ encoding: 'gzip', body: gzipSync(body), etag: `"${etag}-gzip"` }],
  };
}
