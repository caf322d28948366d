import { type Choice, type Explanation, type ExplanationNames, explain } from '../../session/explanation';
import { useMyId, useTable } from '../../session/session-context';
import { useText } from '../../ui/text';

export function useExplanation(choice: Choice): Explanation | null {
  const t = useText();
  const names = useExplanationNames();
  return explain(t, choice, names);
}

function useExplanationNames(): ExplanationNames {
  const myId = useMyId();
  const agents = useTable('agents');
  const groups = useTable('groups');
  return {
    myId,
    agent: (agentId) => agents.get(agentId)?.name ?? null,
    group: (groupId) => groups.get(groupId)?.name ?? '',
  };
}
