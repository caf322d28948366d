import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { AuditActor, AuditEntry } from '../../../shared/protocol/audit';
import { holderOf } from '../../../shared/routing/index';
import { relationOf } from '../rights/relation';
import type { CommandOutcome } from '../session/outcome';
import type { AgentSession, LocalSession } from '../session/session';
import type { HubState } from '../state/hub-state';
import type { Step } from '../state/step';
import { changesBetween, factsOf } from './audit-facts';

export function actorOf({ config }: HubState, session: AgentSession | LocalSession): AuditActor {
  if (session.kind === 'local') return { kind: 'local' };
  const { agentId, deviceId } = session;
  const name = config.accounts.get(agentId)?.name ?? '';
  return { kind: 'agent', agentId, name, device: config.devices.get(deviceId)?.label ?? '' };
}

/** Executes a command and notes it beside what it did, in the same record: neither is ever there without the other. */
export function audited(
  step: Step,
  session: AgentSession | LocalSession,
  command: AgentCommand,
  execute: () => CommandOutcome,
): CommandOutcome {
  const { state } = step;
  if (!isAudited(state, session, command)) return execute();
  const { op: action } = command;
  const by = actorOf(state, session);
  const id = targetOf(command);
  const before = factsOf(state, command, id);
  const subject = subjectOf(state, command, id);
  const outcome = execute();
  if (outcome.answer.kind === 'refused') return outcome;
  const madeId = id ?? madeIn(outcome);
  const after = factsOf(state, command, madeId);
  step.note({
    by,
    action,
    subject: subject ?? subjectOf(state, command, madeId),
    changes: changesBetween(before, after),
  });
  return outcome;
}

/** What somebody has tried without the right to; but not what their client sends by itself. */
export function noteRefused(step: Step, session: AgentSession | LocalSession, { op }: AgentCommand): void {
  if (op === 'conversation.ack') return;
  step.note({ by: actorOf(step.state, session), action: 'right.refused', subject: op, changes: [] });
}

type Audited = Extract<AgentCommand, { op: AuditEntry['action'] }>;

/** What is done to the office or to others, but not the daily work on one's own. */
function isAudited(state: HubState, session: AgentSession | LocalSession, command: AgentCommand): command is Audited {
  const agentId = session.kind === 'agent' ? session.agentId : null;
  switch (command.op) {
    case 'settings.update':
    case 'group.put':
    case 'group.remove':
    case 'agent.put':
    case 'agent.remove':
    case 'agent.code':
    case 'agent.revoke':
    case 'device.revoke':
    case 'join.answer':
    case 'office.put':
    case 'date.confirm':
    case 'audit.export':
    case 'leftMessage.done':
    case 'customer.block':
    case 'block.lift':
      return true;
    case 'cannedReply.put':
    case 'cannedReply.remove':
    case 'status.set':
    case 'reception.set':
      return relationOf(state, agentId, command) !== 'own';
    case 'conversation.claim':
    case 'conversation.transfer':
      return command.force === true;
    case 'conversation.close':
    case 'customer.put':
      return relationOf(state, agentId, command) !== 'own';
    default:
      return false;
  }
}

/** Whether watching it means reading what belongs to somebody else. */
export function readsOthers(state: HubState, agentId: string, conversationId: string): boolean {
  const conversation = state.routing.conversations.get(conversationId);
  if (!conversation) return false;
  const relation = relationOf(state, agentId, {
    type: 'command',
    cid: '',
    n: 1,
    op: 'conversation.watch',
    conversationId,
  });
  return relation === 'other' || (relation === 'group' && holderOf(conversation) !== null);
}

function targetOf(command: AgentCommand): string | null {
  if ('deviceId' in command) return command.deviceId;
  if ('customerId' in command && command.customerId !== undefined) return command.customerId;
  if ('blockId' in command) return command.blockId;
  if ('leftMessageId' in command) return command.leftMessageId;
  if ('agentId' in command && command.agentId !== undefined) return command.agentId;
  if ('cannedReplyId' in command && command.cannedReplyId !== undefined) return command.cannedReplyId;
  if ('groupId' in command && command.groupId !== undefined) return command.groupId;
  return 'conversationId' in command ? command.conversationId : null;
}

function madeIn({ answer }: CommandOutcome): string | null {
  const { agentId, groupId, cannedReplyId } = (answer.kind === 'ack' ? (answer.result ?? {}) : {}) as Record<
    string,
    string
  >;
  return agentId ?? groupId ?? cannedReplyId ?? null;
}

function subjectOf({ config }: HubState, command: AgentCommand, id: string | null): string | null {
  if (id === null) return null;
  if ('conversationId' in command) return id;
  if ('customerId' in command || 'leftMessageId' in command) return id;
  if ('blockId' in command) return config.blocks.get(id)?.customerId ?? null;
  if ('deviceId' in command) return config.accounts.get(config.devices.get(id)?.agentId ?? '')?.name ?? null;
  const shortcut = config.cannedReplies.get(id)?.shortcut;
  return config.accounts.get(id)?.name ?? config.groups.get(id)?.name ?? shortcut ?? null;
}
