import type { AgentOp } from '../../../shared/protocol/agent-wire';
import type { PrincipalRole } from '../session/session';

/**
 * What a command is about, seen from who sends it: themselves or what they hold (`own`), what waits or runs in one of
 * their groups (`group`), anything else (`other`), or the office as a whole (`office`).
 */
export type Relation = 'own' | 'group' | 'other' | 'office';

type Allowed = Readonly<Record<PrincipalRole, readonly Relation[]>>;

const nothing: readonly Relation[] = [];
const own: readonly Relation[] = ['own'];
const ownAndGroup: readonly Relation[] = ['own', 'group'];
const ownAndOffice: readonly Relation[] = ['own', 'office'];
const people: readonly Relation[] = ['own', 'group', 'other'];
const office: readonly Relation[] = ['office'];

const ownOnly: Allowed = { agent: own, supervisor: own, local: nothing };
const ownOrSupervisor: Allowed = { agent: own, supervisor: people, local: nothing };
const supervisorOnly: Allowed = { agent: nothing, supervisor: people, local: nothing };
const officeOnly: Allowed = { agent: nothing, supervisor: office, local: nothing };
const officeOrLocal: Allowed = { agent: nothing, supervisor: office, local: office };
const supervisorOrLocal: Allowed = { agent: nothing, supervisor: people, local: people };

/** Who may use which command on what. What is not listed is refused. */
export const rights: Readonly<Record<AgentOp, Allowed>> = {
  'status.set': ownOrSupervisor,
  'reception.set': ownOrSupervisor,
  'offer.accept': ownOnly,
  'offer.decline': ownOnly,
  'conversation.ack': ownOnly,
  'conversation.claim': { agent: ownAndGroup, supervisor: people, local: nothing },
  'conversation.transfer': ownOnly,
  'conversation.close': ownOrSupervisor,
  'conversation.tag': { agent: ownAndGroup, supervisor: people, local: nothing },
  'conversation.watch': { agent: ownAndGroup, supervisor: people, local: nothing },
  'conversation.earlier': { agent: ownAndGroup, supervisor: people, local: nothing },
  'conversation.trace': supervisorOnly,
  'conversation.find': { agent: ownAndGroup, supervisor: people, local: nothing },
  'conversation.read': { agent: ownAndGroup, supervisor: people, local: nothing },
  'message.send': ownOnly,
  'note.add': { agent: ownAndGroup, supervisor: people, local: nothing },
  'customer.put': ownOrSupervisor,
  'customer.block': ownOrSupervisor,
  'customer.address': ownOrSupervisor,
  'block.lift': officeOnly,
  'wrapUp.done': ownOnly,
  'settings.update': officeOnly,
  'group.put': officeOnly,
  'group.remove': officeOnly,
  'agent.put': supervisorOrLocal,
  'agent.remove': supervisorOnly,
  'agent.code': supervisorOrLocal,
  'agent.revoke': supervisorOnly,
  'device.revoke': ownOrSupervisor,
  'join.answer': officeOnly,
  'office.put': officeOnly,
  'date.confirm': officeOnly,
  'office.backup': officeOrLocal,
  'passphrase.change': officeOrLocal,
  'hubKey.rotate': officeOrLocal,
  'customer.erase': officeOnly,
  'audit.list': officeOnly,
  'audit.export': officeOnly,
  'cannedReply.put': { agent: own, supervisor: ownAndOffice, local: nothing },
  'cannedReply.remove': { agent: own, supervisor: ownAndOffice, local: nothing },
  'leftMessage.reopen': { agent: ownAndGroup, supervisor: people, local: nothing },
  'leftMessage.done': { agent: ownAndGroup, supervisor: people, local: nothing },
};

export function mayUse(role: PrincipalRole, op: AgentOp, relation: Relation): boolean {
  return rights[op]?.[role]?.includes(relation) ?? false;
}
