import type { ConversationView } from '../../../shared/protocol/views';
import type { Text } from '../../../shared/text/workstation-text';

export interface Explanation {
  /** "You, because you served Mei Chen last." */
  main: string;
  /** "Next would have been Li. Of the others, 2 were full and 1 was offline." Empty when there is nothing to add. */
  rest: string;
}

export interface ExplanationNames {
  myId: string;
  /** null: not in the team any more. */
  agent(agentId: string): string | null;
  group(groupId: string): string;
}

/** Who got a conversation and by which rule: from a view of it or from a recorded event. */
export type Choice = Pick<ConversationView, 'customerName' | 'groupId' | 'agentId' | 'fromAgentId' | 'why'>;

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
export function explain(t: Text, choice: Choice, names: ExplanationNames): Explanation | null {
  const { why, agentId, fromAgentId } = choice;
  if (why === null || agentId === null) return null;
  const you = agentId === names.myId;
  const reason = reasonOf(why);
  const nameOf = (id: string) => names.agent(id) ?? t('why.formerAgent');
  const params = {
    name: choice.customerName,
    group: names.group(choice.groupId),
    // In a `why.you` text `agent` is the sender of the transfer, in a `why.other` text the one who has it.
    agent: you ? nameOf(fromAgentId ?? '') : nameOf(agentId),
  };
  // A view names the sender of a transfer only until it is taken.
  const known = you && reason === 'transfer' && fromAgentId === null ? 'taken' : reason;
  const main = t(you ? `why.you.${known}` : `why.other.${known === 'taken' ? 'transfer' : known}`, params);
  // Chosen by hand: the hub compared no agents.
  if (reason === 'transfer' || reason === 'claim') return { main, rest: '' };
  const from = why.fromAssistant === undefined ? '' : t(`why.from.${why.fromAssistant}`);
  const parts = [from, runnerUp(t, why.runnerUp, names), skipped(t, why.skipped)];
  return { main, rest: parts.filter(Boolean).join(gap(t)) };
}

/** Between two sentences; Chinese puts no space there. */
const gap = (t: Text) => t('common.sentenceGap');

type Reason = 'default' | 'onlyOne' | 'agentPriority' | 'lastReceptionist' | 'transfer' | 'claim';

function reasonOf(why: NonNullable<Choice['why']>): Reason {
  switch (why.rule) {
    case 'CH2':
      return 'agentPriority';
    case 'LR2':
      return 'lastReceptionist';
    case 'TR1':
      return 'claim';
    case 'TR2':
      return 'transfer';
    default:
      return why.runnerUp === null ? 'onlyOne' : 'default';
  }
}

function runnerUp(t: Text, agentId: string | null, names: ExplanationNames): string {
  if (agentId === null) return '';
  if (agentId === names.myId) return t('why.runnerUpYou');
  return t('why.runnerUp', { agent: names.agent(agentId) ?? t('why.formerAgent') });
}

function skipped(t: Text, counts: Record<string, number>): string {
  const reasons = skipReasons
    .filter((reason) => (counts[reason] ?? 0) > 0)
    .map((reason) => t(`why.skip.${reason}`, { count: counts[reason] ?? 0 }));
  const last = reasons.pop();
  if (last === undefined) return '';
  const first = reasons.join(t('why.join'));
  return t('why.skipped', { reasons: first === '' ? last : `${first}${t('why.lastJoin')}${last}` });
}
