import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import { routedConversation } from '../routing-view';
import type { CustomerSession } from '../session';
import type { Step } from '../step';
import { ack, type CommandContext, type CommandOutcome, refused } from './outcome';

type Open = Extract<CustomerCommand, { op: 'conversation.open' }>;

/** A customer can only ever speak of their own conversation, so no command names one. */
export function customerCommandStep(
  step: Step,
  command: CustomerCommand,
  session: CustomerSession,
  context: CommandContext,
): CommandOutcome {
  const { cid } = command;
  if (command.op === 'conversation.open') return open(step, command, session, context);
  const conversationId = step.state.desk.customers.get(session.customerId)?.conversationId ?? null;
  if (conversationId === null)
    return refused(cid, { code: 'conversationClosed', message: 'there is no open conversation' });
  if (command.op === 'conversation.leave') {
    const { refusal } = step.route({ type: 'conversation.leave', conversationId });
    return refusal ? refused(cid, refusal) : ack(cid);
  }
  return say(step, cid, conversationId, command.text);
}

function open(step: Step, command: Open, session: CustomerSession, context: CommandContext): CommandOutcome {
  const { cid, name } = command;
  const { config, desk } = step.state;
  const { customerId, tokenHash, language } = session;
  const known = desk.customers.get(customerId);
  if (known?.name !== name || known.language !== language)
    step.add({ type: 'customer.seen', customerId, tokenHash, name, language });
  const groupId = command.groupId ?? firstOpenGroup(config.groups.values());
  if (groupId === null) return refused(cid, { code: 'groupClosed', message: 'there is no group that is open' });
  const opened = step.route({
    type: 'conversation.open',
    conversationId: context.newId('conversation'),
    customerId,
    groupId,
  });
  if (opened.refusal) return refused(cid, opened.refusal);
  const conversationId = desk.customers.get(customerId)?.conversationId ?? '';
  if (command.text !== undefined) {
    const said = say(step, cid, conversationId, command.text);
    if (said.answer.kind === 'refused') return said;
  }
  return ack(cid, { conversationId });
}

function say(step: Step, cid: string, conversationId: string, text: string): CommandOutcome {
  const { refusal } = step.route({ type: 'message.sent', conversationId, from: 'customer' });
  if (refusal) return refused(cid, refusal);
  // What was due just before may have ended it.
  if (!routedConversation(step.state.routing, conversationId))
    return refused(cid, { code: 'conversationClosed', message: 'the conversation is closed' });
  step.message({ conversationId, from: { kind: 'customer' }, text, line: null });
  return ack(cid);
}

function firstOpenGroup(groups: Iterable<{ groupId: string; open: boolean }>): string | null {
  let first: string | null = null;
  for (const group of groups) {
    if (group.open) return group.groupId;
    first ??= group.groupId;
  }
  return first;
}
