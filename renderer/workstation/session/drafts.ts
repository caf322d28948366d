import type { PageStorage } from '../services/page-storage';

/** Unsent text by conversation. It survives a reload. */
export interface Drafts {
  read(conversationId: string): string;
  write(conversationId: string, text: string): void;
  /** The conversations that have a draft. */
  ids(): Iterable<string>;
  subscribe(listen: () => void): () => void;
}

/** Above this, the drafts that were not changed for longest are dropped. */
const draftsMax = 100;

/** `noted` is called for every conversation that gets a draft. */
export function createDrafts(storage: PageStorage, key: string, noted: (conversationId: string) => void): Drafts {
  const drafts = new Map<string, string>(readAll(storage, key));
  const listeners = new Set<() => void>();
  return {
    read: (conversationId) => drafts.get(conversationId) ?? '',
    write(conversationId, text) {
      if ((drafts.get(conversationId) ?? '') === text) return;
      drafts.delete(conversationId);
      if (text !== '') {
        drafts.set(conversationId, text);
        noted(conversationId);
      }
      for (const oldest of drafts.keys()) {
        if (drafts.size <= draftsMax) break;
        drafts.delete(oldest);
      }
      storage.write(key, JSON.stringify([...drafts]));
      for (const listen of listeners) listen();
    },
    ids: () => [...drafts.keys()],
    subscribe(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

function readAll(storage: PageStorage, key: string): [string, string][] {
  try {
    const value: unknown = JSON.parse(storage.read(key) ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.filter(
      (pair): pair is [string, string] => Array.isArray(pair) && pair.every((x) => typeof x === 'string'),
    );
  } catch {
    return [];
  }
}
