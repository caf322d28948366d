import type { Thread } from '../../main/hub/state/thread';
import type { Disk } from '../../main/hub/store/disk';
import { earlierPage, pagedOf } from '../../main/hub/store/pages';
import type { MessageView } from '../../shared/protocol/views';

/** All messages of a conversation, read as a client does: page by page, backwards from those it holds. */
export function wholeConversation(disk: Disk, folder: string, conversation: Thread): MessageView[] {
  const all = [...conversation.messages];
  for (let earlier = conversation.earlier !== null; earlier; ) {
    const before = all[0]!.messageId;
    const page = earlierPage(disk, folder, pagedOf(conversation), { before, withNotes: true });
    all.unshift(...page.messages);
    earlier = page.earlier;
  }
  return all;
}
