import type { ConversationView } from '../../../shared/protocol/views';
import { useAgentName, useMyId, useOffice } from '../session/session-context';
import { useText } from '../ui/text';
import { type WhyWords, whyWords } from './why';

export function useWhy(conversation: ConversationView): WhyWords | null {
  const t = useText();
  const myId = useMyId();
  const agent = useAgentName();
  const groups = useOffice((state) => state.groups);
  useOffice((state) => state.groupsRevision);
  return whyWords(t, conversation, { myId, agent, group: (groupId) => groups.get(groupId)?.name ?? '' });
}
