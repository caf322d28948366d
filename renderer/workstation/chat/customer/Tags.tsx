import type { ConversationView } from '../../../../shared/protocol/views';
import { useIsUp, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { TagSelect } from './TagSelect';

/** The conversation's tags. */
export function Tags({ conversation }: { conversation: ConversationView }) {
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { conversationId, tags, stage } = conversation;
  return (
    <TagSelect
      tags={tags}
      disabled={!up || stage === 'closed'}
      onChange={(next) => void act(session.send({ op: 'conversation.tag', conversationId, tags: next }))}
    />
  );
}
