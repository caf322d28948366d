import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import { codeLifetimeMs, linkSecretBytes, makeCode } from '../entrance/codes';
import { ack, type CommandOutcome, refused } from '../session/outcome';
import { isLastSupervisor, officeOf } from '../state/config';
import type { Step } from '../state/step';
import { hashSecret } from '../system/tokens';
import type { CommandContext } from './context';

type AgentPut = Extract<AgentCommand, { op: 'agent.put' }>;
type OfficePut = Extract<AgentCommand, { op: 'office.put' }>;
type GroupPut = Extract<AgentCommand, { op: 'group.put' }>;
type GroupRemove = Extract<AgentCommand, { op: 'group.remove' }>;

export function putOffice(step: Step, command: OfficePut): CommandOutcome {
  const { config } = step.state;
  const before = officeOf(config);
  const { name = before.name, retentionDays = before.retentionDays } = command;
  const { tags = before.tags, wrapUpCodes = before.wrapUpCodes, asks = before.asks } = command;
  const sample = config.office?.sample ?? false;
  step.add({ type: 'office.changed', name, sample, retentionDays, tags, wrapUpCodes, asks });
  return ack(command.cid);
}

export function putGroup(step: Step, command: GroupPut, context: CommandContext): CommandOutcome {
  const { cid, name, hours } = command;
  if (command.groupId !== undefined && !step.state.config.groups.has(command.groupId)) return unknownGroup(cid);
  const groupId = command.groupId ?? context.newId('group');
  const settings = command.settings === undefined ? {} : { settings: command.settings };
  const { refusal } = step.route({ type: 'group.put', groupId, name, ...settings });
  if (refusal) return refused(cid, refusal);
  if (hours !== undefined) step.add({ type: 'hours.put', groupId, hours });
  return ack(cid, { groupId });
}

/** What customers left for the group goes on to another one, so that somebody still sees it. */
export function removeGroup(step: Step, { cid, groupId, moveTo }: GroupRemove): CommandOutcome {
  const { refusal } = step.route({ type: 'group.remove', groupId, ...(moveTo === undefined ? {} : { moveTo }) });
  if (refusal) return refused(cid, refusal);
  const next = moveTo ?? step.state.config.groups.keys().next().value;
  // The last group has no heir: supervisors see what was left for it.
  if (next !== undefined)
    for (const { leftMessageId, groupId: of } of [...step.state.leftMessages.all()])
      if (of === groupId) step.add({ type: 'leftMessage.moved', leftMessageId, groupId: next });
  return ack(cid);
}

export function putAgent(step: Step, command: AgentPut, context: CommandContext): CommandOutcome {
  const { cid, name, role, capacity, groups } = command;
  const { config } = step.state;
  if (command.agentId !== undefined && !config.accounts.has(command.agentId)) return unknownAgent(cid);
  if (command.agentId !== undefined && role !== 'supervisor' && isLastSupervisor(config, command.agentId))
    return lastSupervisor(cid);
  const agentId = command.agentId ?? context.newId('agent');
  const { refusal } = step.route({ type: 'agent.put', agentId, name, capacity, groups });
  if (refusal) return refused(cid, refusal);
  step.add({ type: 'account.put', agentId, name, role, capacity, groups });
  return ack(cid, { agentId });
}

export function removeAgent(step: Step, cid: string, agentId: string): CommandOutcome {
  if (!step.state.config.accounts.has(agentId)) return unknownAgent(cid);
  if (isLastSupervisor(step.state.config, agentId)) return lastSupervisor(cid);
  const { refusal } = step.route({ type: 'agent.remove', agentId });
  if (refusal) return refused(cid, refusal);
  for (const device of [...step.state.config.devices.values()])
    if (device.agentId === agentId) step.add({ type: 'device.removed', deviceId: device.deviceId });
  step.add({ type: 'account.removed', agentId });
  return { ...ack(cid), signOut: { agentId } };
}

/** Signs out every device of an agent, and voids the codes and the passphrase that would let one back in. */
export function revokeAgent(step: Step, cid: string, agentId: string): CommandOutcome {
  const { config } = step.state;
  if (!config.accounts.has(agentId)) return unknownAgent(cid);
  for (const device of [...config.devices.values()])
    if (device.agentId === agentId) step.add({ type: 'device.removed', deviceId: device.deviceId });
  endCodesOf(step, agentId);
  if (config.passphrases.has(agentId)) step.add({ type: 'passphrase.voided', agentId });
  return { ...ack(cid), signOut: { agentId } };
}

export function revokeDevice(step: Step, cid: string, deviceId: string): CommandOutcome {
  const device = step.state.config.devices.get(deviceId);
  if (!device)
    return refused(cid, { code: 'unknownDevice', message: 'there is no such device (any more)', field: 'deviceId' });
  step.add({ type: 'device.removed', deviceId });
  return { ...ack(cid), signOut: { agentId: device.agentId, deviceId } };
}

/** One code per agent: a new one voids the last. The code itself is in the answer once and nowhere else. */
export function sendCode(step: Step, cid: string, agentId: string, context: CommandContext): CommandOutcome {
  if (!step.state.config.accounts.has(agentId)) return unknownAgent(cid);
  const { invitations, randomBytes } = context;
  const linkSecret = invitations.isLinked() ? Buffer.from(randomBytes(linkSecretBytes)).toString('base64url') : null;
  const made = makeCodeFor(step, agentId, randomBytes, { approved: context.agentId === null, linkSecret });
  const { code, expiresAt, codeId, plain } = made;
  invitations.made(codeId, plain);
  const link = linkSecret === null ? {} : { link: invitations.link(linkSecret) };
  return { ...ack(cid), secret: { code, expiresAt, ...link } };
}

export function makeCodeFor(
  step: Step,
  agentId: string,
  randomBytes: CommandContext['randomBytes'],
  { approved = false, linkSecret = null }: { approved?: boolean; linkSecret?: string | null } = {},
): { code: string; expiresAt: number; codeId: string; plain: string } {
  const { codes } = step.state.config;
  endCodesOf(step, agentId);
  for (const old of [...codes.values()])
    if (old.expiresAt <= step.at) step.add({ type: 'code.ended', codeId: old.codeId });
  let made = makeCode(randomBytes);
  while (codes.has(made.codeId)) made = makeCode(randomBytes);
  const expiresAt = step.at + codeLifetimeMs;
  const { code, codeId, plain, hash } = made;
  const linked = linkSecret === null ? {} : { linkHash: hashSecret(linkSecret) };
  step.add({ type: 'code.made', codeId, agentId, hash, expiresAt, ...linked, ...(approved ? { approved } : {}) });
  return { code, expiresAt, codeId, plain };
}

function endCodesOf(step: Step, agentId: string) {
  for (const code of [...step.state.config.codes.values()])
    if (code.agentId === agentId) step.add({ type: 'code.ended', codeId: code.codeId });
}

function unknownAgent(cid: string): CommandOutcome {
  return refused(cid, { code: 'unknownAgent', message: 'there is no such agent', field: 'agentId' });
}

function unknownGroup(cid: string): CommandOutcome {
  return refused(cid, { code: 'unknownGroup', message: 'there is no such group', field: 'groupId' });
}

function lastSupervisor(cid: string): CommandOutcome {
  const message = 'the last supervisor can be neither removed nor made an agent';
  return refused(cid, { code: 'lastSupervisor', message, field: 'agentId' });
}
