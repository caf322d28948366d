import type { ConversationView } from '../../../../shared/protocol/views';
import { settingsFor } from '../../session/reception';
import { useIsSupervisor, useMyId, useOffice, useRow, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';

/** Claims the conversation; null if TR1 does not allow it to this agent. */
export function useClaim(conversation: ConversationView | undefined): (() => void) | null {
  const act = useAct();
  const session = useSession();
  const supervisor = useIsSupervisor();
  const myId = useMyId();
  const me = useRow('agents', myId);
  const agentsMayClaim = useOffice(
    (state) => settingsFor(state, conversation?.groupId ?? '')?.routing.agentsMayClaim ?? false,
  );
  if (!conversation || !me || conversation.stage === 'closed') return null;
  const { conversationId, groupId, stage, flagged } = conversation;
  const member = me.groups.some((membership) => membership.groupId === groupId);
  const ordinary =
    member && stage !== 'offered' && (flagged || ((stage === 'waiting' || stage === 'assisted') && agentsMayClaim));
  if (!ordinary && !supervisor) return null;
  // CP2: a supervisor may exceed the capacity by hand.
  const force = supervisor && (!ordinary || me.load >= me.capacity);
  return () => {
    const command = { op: 'conversation.claim', conversationId } as const;
    void act(session.send(force ? { ...command, force } : command)).then((done) => {
      if (done) session.select(conversationId);
    });
  };
}
