import { keepDownloads } from '../../../shared/client/kept-downloads';
import type { Transfer } from '../../../shared/client/transfer';
import type { PageStorage } from '../services/page-storage';
import { createConversationCustomers, customerIn } from './conversation-customers';
import { createDrafts, type Drafts } from './drafts';
import { createFileDrafts, type FileDrafts } from './file-drafts';
import type { MessageKind } from './office-state';
import type { OfficeStore } from './office-store';
import { createUnsent, type Unsent } from './unsent';

/** The size of the in-memory cache of viewed attachments. */
const downloadBytesMax = 64 * 1024 ** 2;

/** Conversation data held outside the store: drafts, unsent files, downloads. */
export interface LocalData {
  drafts: Readonly<Record<MessageKind, Drafts>>;
  unsent: Unsent;
  fileDrafts: FileDrafts;
  transfer: Transfer;
  /** To be called when something of this conversation is stored: remembers its customer. */
  noteCustomer(conversationId: string): void;
  /** Whether the conversation belongs, or may belong, to one of these customers. */
  isOfOne(conversationId: string, customerIds: ReadonlySet<string>): boolean;
  /** Erases these customers' data here, and their unsent messages in the store. */
  erase(customerIds: ReadonlySet<string>): void;
}

export function createLocalData(source: Transfer, storage: PageStorage, store: OfficeStore): LocalData {
  const customers = createConversationCustomers(storage, (id) => customerIn(store.getState(), id));
  const drafts = {
    reply: createDrafts(storage, 'drafts', customers.note),
    note: createDrafts(storage, 'noteDrafts', customers.note),
  };
  const fileDrafts = createFileDrafts(source, storage, customers.note);
  const transfer = keepDownloads(source, downloadBytesMax);
  return {
    drafts,
    unsent: createUnsent({ store, drafts, othersOf: customers.othersOf }),
    fileDrafts,
    transfer,
    noteCustomer: customers.note,
    isOfOne: customers.isOfOne,
    erase(customerIds) {
      const isTheirs = (conversationId: string) => customers.isOfOne(conversationId, customerIds);
      for (const kind of [drafts.reply, drafts.note]) for (const id of kind.ids()) if (isTheirs(id)) kind.write(id, '');
      for (const id of fileDrafts.ids()) if (isTheirs(id)) fileDrafts.drop(id);
      transfer.forget(isTheirs);
      store.dispatch({ kind: 'sendingErased', isTheirs });
      customers.forget(customerIds);
    },
  };
}
