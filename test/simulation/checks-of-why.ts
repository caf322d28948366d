import type { Skipped, Why } from '../../shared/routing';
import { loadOf, type Model, type ModelAgent, type ModelConversation, membersOf } from './model';

/** EX1: compares the core's maintained counts with a scan of all members. */
export function brokenByWhy(model: Model, conversation: ModelConversation, chosen: ModelAgent, why: Why): string[] {
  const counted: Skipped = {
    offline: 0,
    disconnected: 0,
    busy: 0,
    shortBreak: 0,
    full: 0,
    cooling: 0,
    tried: 0,
    lowerPriority: 0,
  };
  const others = membersOf(model, conversation.groupId).filter((each) => each.id !== chosen.id);
  for (const member of others) {
    const reason = reasonAgainst(model, conversation, member, chosen, why.rule === 'CH2');
    if (reason) counted[reason] += 1;
  }
  const broken: string[] = [];
  for (const reason of Object.keys(counted) as (keyof Skipped)[]) {
    if (counted[reason] === why.skipped[reason]) continue;
    broken.push(
      `EX1 ${conversation.id} to ${chosen.id}: ${why.skipped[reason]} said to be ${reason}, not ${counted[reason]}`,
    );
  }
  if ((why.fromAssistant ?? null) !== conversation.fromAssistant)
    broken.push(`EX1 ${conversation.id}: said to be ${why.fromAssistant}, not ${conversation.fromAssistant}`);
  if (why.runnerUp === chosen.id) broken.push(`EX1 ${chosen.id} is the runner-up to themselves`);
  if (why.runnerUp !== null && !others.some((each) => each.id === why.runnerUp)) {
    broken.push(`EX1 the runner-up ${why.runnerUp} is not a member`);
  }
  return broken;
}

function reasonAgainst(
  model: Model,
  conversation: ModelConversation,
  member: ModelAgent,
  chosen: ModelAgent,
  byPriority: boolean,
): keyof Skipped | null {
  if (member.status === 'offline') return 'offline';
  if (!member.connected) return 'disconnected';
  if (member.status !== 'online') return member.status;
  // ID2
  if (member.afterThis !== null) return 'busy';
  if (loadOf(model, member.id) >= member.capacity) return 'full';
  if (member.pacedUntil !== null) return 'cooling';
  if (conversation.tried.has(member.id)) return 'tried';
  if (conversation.cooling.has(member.id)) return 'cooling';
  const rank = (agent: ModelAgent) => agent.groups.get(conversation.groupId) ?? 0;
  return byPriority && rank(member) > rank(chosen) ? 'lowerPriority' : null;
}
