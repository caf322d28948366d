import type { ArchivedConversation } from '../archived-conversation';

type AddedLater = 'tags' | 'wrapUpCode' | 'earlier';
/** A line of the archive as written by any earlier version. */
export type EarlierArchived = Omit<ArchivedConversation, AddedLater> & Partial<Pick<ArchivedConversation, AddedLater>>;

/** Adds fields that the version that wrote this line did not have, because archive lines are never rewritten. */
export function upgradeArchived(conversation: EarlierArchived): ArchivedConversation {
  const { tags = [], wrapUpCode = null, earlier = null } = conversation;
  return { ...conversation, tags, wrapUpCode, earlier };
}
