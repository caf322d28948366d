import { useMyId, useTable } from '../../session/session-context';
import { type Choice, type WhyNames, type WhyWords, whyWords } from '../../session/why-words';
import { useText } from '../../ui/text';

export function useWhy(choice: Choice): WhyWords | null {
  const t = useText();
  const names = useWhyNames();
  return whyWords(t, choice, names);
}

function useWhyNames(): WhyNames {
  const myId = useMyId();
  const agents = useTable('agents');
  const groups = useTable('groups');
  return {
    myId,
    agent: (agentId) => agents.get(agentId)?.name ?? null,
    group: (groupId) => groups.get(groupId)?.name ?? '',
  };
}
