import type { PrincipalRole } from '../session/session';
import type { HubState } from '../state/hub-state';
import type { Relation } from '../state/relation';
import { routedConversation } from '../state/routing-view';
import { holds, isMember } from './audience';

/** On what each role may use a command. What is not listed is refused. */
export type Rights = Readonly<Record<PrincipalRole, readonly Relation[]>>;

/** Of a command that the hub's own command line can't use. */
export type AgentRights = Rights & { readonly local: readonly [] };

export function mayUse(rights: Rights, role: PrincipalRole, relation: Relation): boolean {
  return rights[role].includes(relation);
}

const nothing = [] as const;
const own: readonly Relation[] = ['own'];
const ownAndGroup: readonly Relation[] = ['own', 'group'];
const ownAndOffice: readonly Relation[] = ['own', 'office'];
const people: readonly Relation[] = ['own', 'group', 'other'];
const office: readonly Relation[] = ['office'];

export const ownOnly: AgentRights = { agent: own, supervisor: own, local: nothing };
export const ownOrSupervisor: AgentRights = { agent: own, supervisor: people, local: nothing };
export const groupOrSupervisor: AgentRights = { agent: ownAndGroup, supervisor: people, local: nothing };
export const supervisorOnly: AgentRights = { agent: nothing, supervisor: people, local: nothing };
export const supervisorOrLocal: Rights = { agent: nothing, supervisor: people, local: people };
/** A supervisor's shared ones beside everybody's own. */
export const ownOrShared: AgentRights = { agent: own, supervisor: ownAndOffice, local: nothing };
export const officeOnly: AgentRights = { agent: nothing, supervisor: office, local: nothing };
export const officeOrLocal: Rights = { agent: nothing, supervisor: office, local: office };

/** `agentId` null: the hub's own command line. */
export interface Sender {
  state: HubState;
  agentId: string | null;
}

/** One that is not open (any more) counts as the sender's own: the core then says what happened to it. */
export function relationToConversation({ state, agentId }: Sender, conversationId: string): Relation {
  const conversation = routedConversation(state.routing, conversationId);
  if (!conversation) return 'own';
  if (agentId === null) return 'other';
  if (holds(agentId, conversation)) return 'own';
  return relationToGroup({ state, agentId }, conversation.groupId);
}

export function relationToGroup({ state, agentId }: Sender, groupId: string): 'group' | 'other' {
  return agentId !== null && isMember(state, agentId, groupId) ? 'group' : 'other';
}

export function relationToOffice(): Relation {
  return 'office';
}
