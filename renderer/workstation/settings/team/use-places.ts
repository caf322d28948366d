import { useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { type PriorityChange, withPriority } from './agents-order';

/** Saves new places in a group, one agent after the other. */
export function usePlaces(groupId: string): (changes: readonly PriorityChange[]) => void {
  const act = useAct();
  const session = useSession();
  return (changes) => {
    for (const { agent, priority } of changes) {
      const { agentId, name, role, capacity } = agent;
      const groups = withPriority(agent, groupId, priority);
      void act(session.send({ op: 'agent.put', agentId, name, role, capacity, groups }));
    }
  };
}
