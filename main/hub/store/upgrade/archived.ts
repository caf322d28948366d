import type { ArchivedConversation } from '../archived-conversation';

type AddedLater = 'tags' | 'wrapUpCode' | 'earlier';
/** A line of the archive by any earlier version. */
export type EarlierArchived = Omit<ArchivedConversation, AddedLater> & Partial<Pick<ArchivedConversation, AddedLater>>;

/** Lines are never written anew: adds what the version that wrote this one did not know yet. */
export function upgradeArchived(conversation: EarlierArchived): ArchivedConversation {
  const { tags = [], wrapUpCode = null, earlier = null } = conversation;
  return { ...conversation, tags, wrapUpCode, earlier };
}
