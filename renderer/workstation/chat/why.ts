import type { ConversationView } from '../../../shared/protocol/views';
import type { Text } from '../../../shared/text/workstation-text';

export interface WhyWords {
  /** "You, because you served Mei Chen last." */
  main: string;
  /** "Next would have been Li. Not asked: 1 on a short break, 2 full." Empty when there is nothing to add. */
  rest: string;
}

export interface WhyNames {
  myId: string;
  agent(agentId: string | null): string;
  group(groupId: string): string;
}

const skipReasons = [
  'lowerPriority',
  'full',
  'tried',
  'cooling',
  'busy',
  'shortBreak',
  'disconnected',
  'offline',
] as const;

/** EX1 in plain words: why this agent has, or is offered, this conversation. */
export function whyWords(t: Text, conversation: ConversationView, names: WhyNames): WhyWords | null {
  const { why, agentId } = conversation;
  if (why === null || agentId === null) return null;
  const you = agentId === names.myId;
  const reason = reasonOf(conversation);
  const sender = conversation.fromAgentId;
  const params = {
    name: conversation.customerName,
    group: names.group(conversation.groupId),
    // In the sentence for you `agent` is who handed it over, in the other one it is who has it.
    agent: you ? names.agent(sender) : names.agent(agentId),
  };
  // Once a transfer is taken its sender is not told any more.
  const known = you && reason === 'transfer' && sender === null ? 'default' : reason;
  const main = t(you ? `why.you.${known}` : `why.other.${known}`, params);
  return { main, rest: [runnerUp(t, why.runnerUp, names), skipped(t, why.skipped)].filter(Boolean).join(' ') };
}

type Reason = 'default' | 'onlyOne' | 'agentPriority' | 'lastReceptionist' | 'transfer' | 'claim';

function reasonOf({ why }: ConversationView): Reason {
  switch (why?.rule) {
    case 'CH2':
      return 'agentPriority';
    case 'LR2':
      return 'lastReceptionist';
    case 'TR1':
      return 'claim';
    case 'TR2':
      return 'transfer';
    default:
      return why?.runnerUp === null ? 'onlyOne' : 'default';
  }
}

function runnerUp(t: Text, agentId: string | null, names: WhyNames): string {
  if (agentId === null) return '';
  return agentId === names.myId ? t('why.runnerUpYou') : t('why.runnerUp', { agent: names.agent(agentId) });
}

function skipped(t: Text, counts: Record<string, number>): string {
  const reasons = skipReasons
    .filter((reason) => (counts[reason] ?? 0) > 0)
    .map((reason) => t(`why.skip.${reason}`, { count: counts[reason] ?? 0 }));
  return reasons.length === 0 ? '' : t('why.skipped', { reasons: reasons.join(t('why.join')) });
}
