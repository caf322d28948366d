import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import { ack, type CommandOutcome, refused } from '../session/outcome';
import type { Step } from '../state/step';

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
