import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import { blocksMax } from '../../../shared/protocol/limits';
import { ack, type CommandOutcome, refused } from '../session/outcome';
import { routedConversation } from '../state/routing-view';
import type { Step } from '../state/step';
import type { CommandContext } from './context';

/** Nothing is taken from them any more: what is open with them ends, and with everybody whom their address shuts out. */
export function blockCustomer(
  step: Step,
  { cid, customerId, forMs, address: withAddress, note }: Extract<AgentCommand, { op: 'customer.block' }>,
  { agentId, role, newId, whereabouts }: CommandContext,
): CommandOutcome {
  const { desk, config } = step.state;
  const customer = desk.customers.get(customerId);
  if (!customer) {
    const message = 'there is no such customer; who has been erased is not known any more';
    return refused(cid, { code: 'unknownCustomer', message, field: 'customerId' });
  }
  const address = withAddress ? whereabouts.of(customerId) : null;
  if (withAddress && address === null) {
    const message =
      'they are not connected now, or from an address of the hub’s own or of a proxy: block them without it';
    return refused(cid, { code: 'addressUnknown', message, field: 'address' });
  }
  const others = whereabouts.othersAt(customerId, address);
  if (others > 0 && role !== 'supervisor') {
    const message = 'other customers are connected from there: a supervisor may block it, or block them without it';
    return refused(cid, { code: 'addressShared', message, field: 'address' });
  }
  const isBlocked = [...config.blocks.values()].some((each) => each.customerId === customerId);
  if (!isBlocked && config.blocks.size >= blocksMax) {
    const message = `${blocksMax} customers are blocked already; end one of those blocks first`;
    return refused(cid, { code: 'tooManyBlocks', message });
  }
  const by = { agentId: agentId ?? '', name: config.accounts.get(agentId ?? '')?.name ?? '' };
  const shutOut = whereabouts.sessionsOf(customerId, address);
  for (const whose of new Set([customerId, ...shutOut.map((each) => each.customerId)])) endWith(step, whose, by.name);
  const { tokenHash, name: customerName } = customer;
  const until = forMs === null ? null : step.at + forMs;
  const block = { blockId: newId('block'), customerId, customerName, address, note, by, at: step.at, until, tokenHash };
  step.add({ type: 'customer.blocked', block });
  return { ...ack(cid, { blockId: block.blockId }), shutOut };
}

export function liftBlock(step: Step, { cid, blockId }: Extract<AgentCommand, { op: 'block.lift' }>): CommandOutcome {
  if (!step.state.config.blocks.has(blockId)) {
    const message = 'there is no such block any more: it ran out, or a colleague has ended it';
    return refused(cid, { code: 'unknownBlock', message, field: 'blockId' });
  }
  step.add({ type: 'block.ended', blockId });
  return ack(cid);
}

/** With a line that says why, for the customer as for the desk. */
function endWith(step: Step, customerId: string, name: string): void {
  const conversationId = step.state.desk.latestOf(customerId)?.conversationId ?? '';
  if (!routedConversation(step.state.routing, conversationId)) return;
  const line = { code: 'blocked', params: { name, agentName: name } } as const;
  step.message({ conversationId, from: { kind: 'system' }, text: '', line });
  step.route({ type: 'conversation.close', conversationId, by: 'system' });
}
