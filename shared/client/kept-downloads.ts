import type { Transfer } from './transfer';

export interface KeptDownloads extends Transfer {
  /** Removes the files of these conversations from memory. */
  forget(isGone: (conversationId: string) => boolean): void;
}

/** An in-memory LRU cache of downloads, up to `bytesMax`, so that scrolling back shows a picture at once. */
export function keepDownloads(transfer: Transfer, bytesMax: number): KeptDownloads {
  /** The least recently used first. */
  const kept = new Map<string, Blob>();
  let bytes = 0;
  const drop = (key: string) => {
    bytes -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    upload: transfer.upload,
    async download(conversationId, attachmentId) {
      const key = `${conversationId}/${attachmentId}`;
      const file = kept.get(key) ?? (await transfer.download(conversationId, attachmentId));
      drop(key);
      kept.set(key, file);
      bytes += file.size;
      for (const oldest of kept.keys()) {
        if (bytes <= bytesMax) break;
        drop(oldest);
      }
      return file;
    },
    forget(isGone) {
      for (const key of [...kept.keys()]) if (isGone(key.slice(0, key.indexOf('/')))) drop(key);
    },
  };
}
