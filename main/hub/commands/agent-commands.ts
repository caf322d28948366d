import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import { maySee } from '../rights/audience';
import { ack, attachmentUnknown, type CommandOutcome, refused } from '../session/outcome';
import { officeOf } from '../state/config';
import { routedConversation } from '../state/routing-view';
import type { Step } from '../state/step';
import { blockCustomer, liftBlock } from './block-commands';
import { putCannedReply, removeCannedReply } from './canned-reply-commands';
import type { CommandContext } from './context';
import { seeTo } from './left-message-commands';
import {
  putAgent,
  putGroup,
  putOffice,
  removeAgent,
  removeGroup,
  revokeAgent,
  revokeDevice,
  sendCode,
} from './office-commands';
import type { RecordedCommand } from './questions';

/** An agent's command that has passed the table of rights, as commands to the core and events of the hub. */
export function agentCommandStep(step: Step, command: RecordedCommand, context: CommandContext): CommandOutcome {
  const self = context.agentId ?? '';
  const cid = command.cid;
  const routed = (body: Parameters<Step['route']>[0]): CommandOutcome => {
    const { refusal } = step.route(body);
    return refusal ? refused(cid, refusal) : ack(cid);
  };
  switch (command.op) {
    case 'status.set': {
      const agentId = command.agentId ?? self;
      const by = agentId === self ? {} : { by: self };
      return routed({ type: 'agent.status', agentId, status: command.status, ...by });
    }
    case 'reception.set':
      return routed({ type: 'agent.reception', agentId: command.agentId ?? self, automatic: command.automatic });
    case 'offer.accept':
      return routed({ type: 'offer.accept', agentId: self, offerId: command.offerId });
    case 'offer.decline': {
      const reason = command.reason === undefined ? {} : { reason: command.reason };
      return routed({ type: 'offer.decline', agentId: self, offerId: command.offerId, ...reason });
    }
    case 'conversation.ack':
      return routed({ type: 'conversation.ack', agentId: self, conversationId: command.conversationId });
    case 'conversation.claim':
      if (command.force && context.role !== 'supervisor') return notAllowed(cid, 'force');
      return routed({
        type: 'conversation.claim',
        agentId: self,
        conversationId: command.conversationId,
        force: command.force ?? false,
      });
    case 'conversation.transfer': {
      if (command.force && context.role !== 'supervisor') return notAllowed(cid, 'force');
      const note = command.note === undefined ? {} : { note: command.note };
      const { conversationId, to, force = false } = command;
      return routed({ type: 'conversation.transfer', agentId: self, conversationId, to, force, ...note });
    }
    case 'conversation.close':
      return closeConversation(step, self, command);
    case 'conversation.tag':
      return tagConversation(step, command);
    case 'message.send':
      return sendMessage(step, self, command);
    case 'note.add':
      return addNote(step, self, command);
    case 'customer.put':
      return putCustomer(step, command);
    case 'customer.block':
      return blockCustomer(step, command, context);
    case 'block.lift':
      return liftBlock(step, command);
    case 'wrapUp.done':
      return routed({ type: 'wrapUp.done', agentId: self, conversationId: command.conversationId });
    case 'settings.update':
      return routed({ type: 'settings.update', settings: command.settings });
    case 'group.put':
      return putGroup(step, command, context);
    case 'group.remove':
      return removeGroup(step, command);
    case 'agent.put':
      return putAgent(step, command, context);
    case 'agent.remove':
      return removeAgent(step, cid, command.agentId);
    case 'agent.code':
      return sendCode(step, cid, command.agentId, context);
    case 'agent.revoke':
      return revokeAgent(step, cid, command.agentId);
    case 'device.revoke':
      return revokeDevice(step, cid, command.deviceId);
    case 'join.answer':
      return context.invitations.answer(command.joinId, command.accept) ? ack(cid) : joinGone(cid);
    case 'office.put':
      return putOffice(step, command);
    case 'date.confirm':
      step.add({ type: 'date.confirmed' });
      return ack(cid);
    case 'audit.export':
      return ack(cid);
    case 'cannedReply.put':
      return putCannedReply(step, command, context);
    case 'cannedReply.remove':
      return removeCannedReply(step, cid, command.cannedReplyId);
    case 'leftMessage.done':
      return seeTo(step, self, command);
  }
}

function closeConversation(
  step: Step,
  agentId: string,
  { cid, conversationId, wrapUpCode }: Extract<AgentCommand, { op: 'conversation.close' }>,
): CommandOutcome {
  if (wrapUpCode !== undefined && !officeOf(step.state.config).wrapUpCodes.includes(wrapUpCode)) {
    const message = 'the office has no such wrap-up code any more; choose another one';
    return refused(cid, { code: 'unknownWrapUpCode', message, field: 'wrapUpCode' });
  }
  const { refusal } = step.route({ type: 'conversation.close', conversationId, by: 'agent', agentId });
  if (refusal) return refused(cid, refusal);
  if (wrapUpCode !== undefined) step.add({ type: 'conversation.wrappedUp', conversationId, code: wrapUpCode });
  return ack(cid);
}

function tagConversation(
  step: Step,
  { cid, conversationId, tags }: Extract<AgentCommand, { op: 'conversation.tag' }>,
): CommandOutcome {
  const conversation = step.state.desk.conversations.get(conversationId);
  if (!conversation || !step.state.routing.conversations.has(conversationId)) return unknownConversation(cid);
  const known = [...officeOf(step.state.config).tags, ...conversation.tags];
  if (tags.some((tag) => !known.includes(tag))) {
    const message = 'the office has no such tag any more; choose another one';
    return refused(cid, { code: 'unknownTag', message, field: 'tags' });
  }
  step.add({ type: 'conversation.tagged', conversationId, tags });
  return ack(cid);
}

function sendMessage(
  step: Step,
  agentId: string,
  { cid, conversationId, text, attachments: refs = [] }: Extract<AgentCommand, { op: 'message.send' }>,
): CommandOutcome {
  const attachments = step.state.uploads.attachments(agentId, refs);
  if (!attachments) return attachmentUnknown(cid);
  const { refusal } = step.route({ type: 'message.sent', conversationId, from: 'agent', agentId });
  if (refusal) return refused(cid, refusal);
  const name = step.state.config.accounts.get(agentId)?.name ?? '';
  step.message({ conversationId, from: { kind: 'agent', agentId, name }, text, line: null, attachments });
  return ack(cid);
}

/** Nothing for the core: a note answers nobody. */
function addNote(
  step: Step,
  agentId: string,
  { cid, conversationId, text, mentions }: Extract<AgentCommand, { op: 'note.add' }>,
): CommandOutcome {
  const { state } = step;
  const conversation = routedConversation(state.routing, conversationId);
  if (!conversation) return unknownConversation(cid);
  if (mentions?.some((each) => !maySee(state, each, conversation))) {
    const message = 'a colleague who is mentioned may not see this conversation, or is no agent any more';
    return refused(cid, { code: 'unknownMention', message, field: 'mentions' });
  }
  const called = mentions ? { mentions } : {};
  const name = state.config.accounts.get(agentId)?.name ?? '';
  step.message({ conversationId, from: { kind: 'note', agentId, name, ...called }, text, line: null });
  return ack(cid);
}

function putCustomer(
  step: Step,
  { cid, conversationId, ...put }: Extract<AgentCommand, { op: 'customer.put' }>,
): CommandOutcome {
  const { desk, routing } = step.state;
  const { customerId = '' } = desk.conversations.get(conversationId) ?? {};
  const customer = desk.customers.get(customerId);
  if (!customer || !routing.conversations.has(conversationId)) return unknownConversation(cid);
  const { name = customer.name, contact = customer.contact } = put;
  step.add({ type: 'customer.put', customerId, name, contact });
  return ack(cid);
}

function unknownConversation(cid: string): CommandOutcome {
  const message = 'there is no such open conversation';
  return refused(cid, { code: 'unknownConversation', message, field: 'conversationId' });
}

function notAllowed(cid: string, field: string): CommandOutcome {
  return refused(cid, { code: 'notAllowed', message: 'only a supervisor may do this', field });
}

function joinGone(cid: string): CommandOutcome {
  const message = 'this device waits no more: it is gone, or somebody has answered it';
  return refused(cid, { code: 'joinGone', message, field: 'joinId' });
}
