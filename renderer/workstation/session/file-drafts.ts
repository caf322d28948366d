import {
  createDraftFiles,
  type DraftFiles,
  measurePicture,
  readRefs,
  writeRefs,
} from '../../../shared/client/draft-files';
import type { Transfer } from '../../../shared/client/transfer';
import type { PageStorage } from '../services/page-storage';
import { createDrafts } from './drafts';

/** The files of unsent replies by conversation. Uploads continue while another conversation is open. */
export interface FileDrafts {
  of(conversationId: string): DraftFiles;
  drop(conversationId: string): void;
  /** The conversations that have files. */
  ids(): Iterable<string>;
  subscribe(listen: () => void): () => void;
}

/** Uploaded files survive a reload. `noted` is called for every conversation that gets one. */
export function createFileDrafts(
  transfer: Transfer,
  storage: PageStorage,
  noted: (conversationId: string) => void,
): FileDrafts {
  const kept = createDrafts(storage, 'draftFiles', noted);
  const drafts = new Map<string, DraftFiles>();
  const listeners = new Set<() => void>();
  const begin = (conversationId: string) => {
    const draft = createDraftFiles({
      transfer,
      measure: measurePicture,
      changed() {
        kept.write(conversationId, writeRefs(draft.refs));
        for (const listen of listeners) listen();
      },
      kept: readRefs(kept.read(conversationId)),
    });
    drafts.set(conversationId, draft);
    return draft;
  };
  return {
    of: (conversationId) => drafts.get(conversationId) ?? begin(conversationId),
    drop(conversationId) {
      const draft = drafts.get(conversationId);
      for (const { key } of draft?.files ?? []) draft?.remove(key);
      drafts.delete(conversationId);
      kept.write(conversationId, '');
    },
    ids: () => new Set([...drafts.keys(), ...kept.ids()]),
    subscribe(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}
