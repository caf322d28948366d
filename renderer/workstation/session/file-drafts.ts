import { createDraftFiles, type DraftFiles, measurePicture } from '../../../shared/client/draft-files';
import type { Transfer } from '../../../shared/client/transfer';

/** The files of unsent replies, per conversation: they go on going up while another one is open. */
export interface FileDrafts {
  of(conversationId: string): DraftFiles;
  drop(conversationId: string): void;
  subscribe(listen: () => void): () => void;
}

export function createFileDrafts(transfer: Transfer): FileDrafts {
  const drafts = new Map<string, DraftFiles>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listen of listeners) listen();
  };
  return {
    of(conversationId) {
      const draft = drafts.get(conversationId) ?? createDraftFiles({ transfer, measure: measurePicture, changed });
      drafts.set(conversationId, draft);
      return draft;
    },
    drop(conversationId) {
      const draft = drafts.get(conversationId);
      for (const { key } of draft?.files ?? []) draft?.remove(key);
      drafts.delete(conversationId);
    },
    subscribe(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}
