import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { HubState } from '../state/hub-state';
import { offeredTo, routedConversation } from '../state/routing-view';
import { holds, isMember } from './audience';
import type { Relation } from './roles';

/**
 * How a command's target stands to who sends it. What is not there (any more) counts as their own: the core then says
 * what happened to it.
 */
export function relationOf(state: HubState, agentId: string | null, command: AgentCommand): Relation {
  switch (command.op) {
    case 'status.set':
    case 'reception.set':
      return command.agentId === undefined || command.agentId === agentId ? 'own' : 'other';
    case 'offer.accept':
    case 'offer.decline': {
      const at = offeredTo(state.routing, command.offerId);
      return at === null || at === agentId ? 'own' : 'other';
    }
    case 'conversation.ack':
    case 'conversation.claim':
    case 'conversation.transfer':
    case 'conversation.close':
    case 'conversation.tag':
    case 'conversation.earlier':
    case 'conversation.trace':
    case 'message.send':
    case 'note.add':
    case 'customer.put':
      return toConversation(state, agentId, command.conversationId);
    case 'conversation.watch':
      return command.conversationId === null ? 'own' : toConversation(state, agentId, command.conversationId);
    case 'conversation.find':
      if (command.groupId === undefined) return 'own';
      return agentId !== null && isMember(state, agentId, command.groupId) ? 'group' : 'other';
    // One that has ended is looked at when it has been found: who wrote in it may read it.
    case 'conversation.read':
      return toConversation(state, agentId, command.conversationId);
    case 'customer.block':
    case 'customer.address': {
      // Whoever serves them; who is served by nobody is nobody's own.
      const { conversationId = '' } = state.desk.latestOf(command.customerId) ?? {};
      return state.routing.conversations.has(conversationId) ? toConversation(state, agentId, conversationId) : 'other';
    }
    case 'wrapUp.done':
      return 'own';
    // One in the archive is looked at when it has been found, as a conversation is.
    case 'leftMessage.done':
    case 'leftMessage.reopen': {
      const { leftMessageId } = command;
      const leftMessage = state.leftMessages.get(leftMessageId) ?? state.leftMessages.doneOf(leftMessageId);
      if (!leftMessage) return 'own';
      return agentId !== null && isMember(state, agentId, leftMessage.groupId) ? 'group' : 'other';
    }
    case 'cannedReply.put':
      return toCannedReply(state, agentId, command.cannedReplyId, command.scope === 'shared');
    case 'cannedReply.remove':
      return toCannedReply(state, agentId, command.cannedReplyId, false);
    case 'agent.put':
    case 'agent.remove':
    case 'agent.code':
    case 'agent.revoke':
      return command.agentId === agentId ? 'own' : 'other';
    case 'device.revoke': {
      const owner = state.config.devices.get(command.deviceId)?.agentId ?? agentId;
      return owner === agentId ? 'own' : 'other';
    }
    case 'settings.update':
    case 'group.put':
    case 'group.remove':
    case 'join.answer':
    case 'office.put':
    case 'date.confirm':
    case 'office.backup':
    case 'passphrase.change':
    case 'hubKey.rotate':
    case 'customer.erase':
    case 'block.lift':
    case 'audit.list':
    case 'audit.export':
      return 'office';
  }
}

/** A shared one is the office's, whoever wrote it, and so is one that is to be shared. */
function toCannedReply(
  state: HubState,
  agentId: string | null,
  cannedReplyId: string | undefined,
  toBeShared: boolean,
): Relation {
  const found = state.config.cannedReplies.get(cannedReplyId ?? '');
  if (found && found.agentId !== null && found.agentId !== agentId) return 'other';
  return toBeShared || found?.agentId === null ? 'office' : 'own';
}

function toConversation(state: HubState, agentId: string | null, conversationId: string): Relation {
  const conversation = routedConversation(state.routing, conversationId);
  if (!conversation) return 'own';
  if (agentId === null) return 'other';
  if (holds(agentId, conversation)) return 'own';
  return isMember(state, agentId, conversation.groupId) ? 'group' : 'other';
}
