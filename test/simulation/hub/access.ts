import type { HubState } from '../../../main/hub/state/hub-state';
import { assistantOf, holderOf, offerOf } from '../../../shared/routing';

/** Access rights, derived from RULES.md and the core's state; deliberately independent of the hub's `audience.ts`. */
export interface Access {
  supervisors: Set<string>;
  /** Members of each group. */
  members: Map<string, Set<string>>;
  /** By open conversation. */
  conversations: Map<string, { groupId: string; holders: string[] }>;
  leftMessages: Map<string, string>;
  /** By conversation, the assistant that it is with. */
  assisted: Map<string, string>;
}

export function accessOf({ routing, config, leftMessages }: HubState): Access {
  const access: Access = {
    supervisors: new Set(),
    members: new Map(),
    conversations: new Map(),
    leftMessages: new Map(),
    assisted: new Map(),
  };
  for (const { agentId, role, groups } of config.accounts.values()) {
    if (role === 'supervisor') access.supervisors.add(agentId);
    for (const { groupId } of groups)
      access.members.set(groupId, (access.members.get(groupId) ?? new Set()).add(agentId));
  }
  for (const conversation of routing.conversations.values()) {
    const { id, groupId } = conversation;
    const holders = [holderOf(conversation), offerOf(conversation)?.agentId].filter((each) => typeof each === 'string');
    access.conversations.set(id, { groupId, holders });
    const assistantId = assistantOf(conversation);
    if (assistantId !== null) access.assisted.set(id, assistantId);
  }
  for (const { leftMessageId, groupId } of leftMessages.all()) access.leftMessages.set(leftMessageId, groupId);
  return access;
}

export function mayKnow(access: Access, agentId: string, conversationId: string): boolean {
  const conversation = access.conversations.get(conversationId);
  if (!conversation) return false;
  if (access.supervisors.has(agentId) || conversation.holders.includes(agentId)) return true;
  return access.members.get(conversation.groupId)?.has(agentId) ?? false;
}

export function isHolder(access: Access, agentId: string, conversationId: string): boolean {
  return access.conversations.get(conversationId)?.holders.includes(agentId) ?? false;
}

export function mayKnowLeftMessage(access: Access, agentId: string, leftMessageId: string): boolean {
  const groupId = access.leftMessages.get(leftMessageId);
  if (groupId === undefined) return false;
  return access.supervisors.has(agentId) || (access.members.get(groupId)?.has(agentId) ?? false);
}
