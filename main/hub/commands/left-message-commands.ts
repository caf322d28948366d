import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { LeftMessageView } from '../../../shared/protocol/views';
import type { Searchable } from '../history/search';
import type { Step } from '../loop/step';
import { ack, type CommandOutcome, refused } from './outcome';

/** It leaves the list, and is found in the history from then on. */
export function seeTo(
  step: Step,
  agentId: string,
  { cid, leftMessageId }: Extract<AgentCommand, { op: 'leftMessage.done' }>,
): CommandOutcome {
  const found = step.state.leftMessages.get(leftMessageId);
  if (!found) {
    const message = 'there is no such message any more; a colleague has seen to it';
    return refused(cid, { code: 'unknownLeftMessage', message, field: 'leftMessageId' });
  }
  const name = step.state.config.accounts.get(agentId)?.name ?? '';
  const { customerId } = found;
  step.add({ type: 'leftMessage.done', leftMessageId, agentId, name, customerId, at: step.at });
  return ack(cid);
}

/**
 * Back among those that nobody has seen to. What the archive has stays as it is, and says who had seen to it; what comes
 * back is then another one, by another id.
 */
export function reopenLeftMessage(step: Step, found: Searchable, newId: string): LeftMessageView {
  const { config, leftMessages } = step.state;
  const held = leftMessages.doneOf(found.conversationId);
  const [message] = found.messages;
  const { customerId, customerName, openedAt: at, left } = found;
  const archived = { customerId, customerName, contact: left?.contact ?? '', text: message?.text ?? '', at };
  const before = held ?? { ...archived, leftMessageId: newId, groupId: found.groupId, reopens: found.conversationId };
  // Its group may be gone by now.
  const [first] = config.groups.keys();
  const leftMessage = { ...before, groupId: config.groups.has(before.groupId) ? before.groupId : (first ?? '') };
  step.add({ type: 'leftMessage.reopened', leftMessage });
  return leftMessage;
}
