import type { AuditSpec } from '../audit/audit';
import { type Facts, factsOf, noFacts } from '../audit/facts';
import { endCodesOf, linkSecretBytes, makeCodeFor } from '../entrance/codes';
import { supervisorOnly, supervisorOrLocal } from '../rights/rights';
import { ack, done, type Outcome, refused } from '../session/outcome';
import type { AgentSession, LocalSession } from '../session/session';
import { isLastSupervisor } from '../state/config';
import type { HubState } from '../state/hub-state';
import type { Relation } from '../state/relation';
import type { Step } from '../state/step';
import type { AgentCommandOf, AgentCommandSpecs, Allowed } from './command';
import { isNameTaken, nameTaken } from './refusals';
import type { CommandServices } from './services';

const wholeAgent: AuditSpec<Allowed<'agent.remove' | 'agent.revoke'>, undefined> = {
  subject: ({ state, command }) => nameOf(state, command.agentId),
  facts: ({ state, command }) => agentFacts(state, command.agentId),
};

/** Accounts of agents, and signing their devices in and out. */
export const agentCommands: AgentCommandSpecs<'agent.put' | 'agent.remove' | 'agent.code' | 'agent.revoke'> = {
  'agent.put': {
    rights: supervisorOrLocal,
    relation: relationToAgent,
    audit: {
      subject: ({ state, command }, result) => nameOf(state, command.agentId ?? result?.agentId),
      facts: ({ state, command }, result) => agentFacts(state, command.agentId ?? result?.agentId),
    },
    step: putAgent,
  },
  'agent.remove': {
    rights: supervisorOnly,
    relation: relationToAgent,
    audit: wholeAgent,
    step(step, { agentId }, _session, { loop }) {
      const { config } = step.state;
      if (!config.accounts.has(agentId)) return unknownAgent();
      if (isLastSupervisor(config, agentId)) return lastSupervisor();
      const { refusal } = step.route({ type: 'agent.remove', agentId });
      if (refusal) return refused(refusal);
      removeDevices(step, agentId);
      for (const { leftMessageId, takenBy } of [...step.state.leftMessages.all()])
        if (takenBy?.agentId === agentId) step.add({ type: 'leftMessage.put', leftMessageId, takenBy: null });
      step.add({ type: 'account.removed', agentId });
      signOut(step, loop, agentId);
      return done;
    },
  },
  'agent.code': {
    rights: supervisorOrLocal,
    relation: relationToAgent,
    audit: { subject: ({ state, command }) => nameOf(state, command.agentId) },
    step: sendCode,
  },
  'agent.revoke': {
    rights: supervisorOnly,
    relation: relationToAgent,
    audit: wholeAgent,
    /** Signs out every device of an agent, and voids the codes and the passphrase that would let one back in. */
    step(step, { agentId }, _session, { loop }) {
      const { config } = step.state;
      if (!config.accounts.has(agentId)) return unknownAgent();
      removeDevices(step, agentId);
      endCodesOf(step, agentId);
      if (config.passphrases.has(agentId)) step.add({ type: 'passphrase.voided', agentId });
      signOut(step, loop, agentId);
      return done;
    },
  },
};

function relationToAgent({
  agentId,
  command,
}: {
  agentId: string | null;
  command: { agentId?: string | undefined };
}): Relation {
  return command.agentId === agentId ? 'own' : 'other';
}

function putAgent(
  step: Step,
  command: AgentCommandOf<'agent.put'>,
  _session: AgentSession | LocalSession,
  { loop }: CommandServices,
): Outcome<{ agentId: string }> {
  const { name, role, capacity, groups } = command;
  const { config } = step.state;
  const known = command.agentId === undefined ? undefined : config.accounts.get(command.agentId);
  if (command.agentId !== undefined && !known) return unknownAgent();
  if (isNameTaken(name, known?.name, config.accounts.values())) return nameTaken();
  if (command.agentId !== undefined && role !== 'supervisor' && isLastSupervisor(config, command.agentId))
    return lastSupervisor();
  const agentId = command.agentId ?? loop.newId('agent');
  const { refusal } = step.route({ type: 'agent.put', agentId, name, capacity, groups });
  if (refusal) return refused(refusal);
  step.add({ type: 'account.put', agentId, name, role, capacity, groups });
  return ack({ agentId });
}

/** One code per agent: a new one voids the last. The code itself is in the answer once and nowhere else. */
function sendCode(
  step: Step,
  { agentId }: AgentCommandOf<'agent.code'>,
  session: AgentSession | LocalSession,
  { loop, invitations }: CommandServices,
): Outcome<{ code: string; expiresAt: number; link?: string }> {
  if (!step.state.config.accounts.has(agentId)) return unknownAgent();
  const randomBytes = (size: number) => loop.randomBytes(size);
  const linkSecret = invitations.isLinked() ? Buffer.from(randomBytes(linkSecretBytes)).toString('base64url') : null;
  const isApproved = session.kind === 'local';
  const { code, expiresAt, codeId, plain } = makeCodeFor(step, agentId, randomBytes, { isApproved, linkSecret });
  invitations.made(codeId, plain);
  const link = linkSecret === null ? {} : { link: invitations.link(linkSecret) };
  return { ...ack({ code, expiresAt, ...link }), isSecret: true };
}

function removeDevices(step: Step, agentId: string): void {
  for (const device of [...step.state.config.devices.values()])
    if (device.agentId === agentId) step.add({ type: 'device.removed', deviceId: device.deviceId });
}

function signOut(step: Step, loop: CommandServices['loop'], agentId: string): void {
  const session = loop.sessions.agent(agentId);
  if (session) step.afterwards(() => loop.drop(session, 'tokenRevoked'));
}

function nameOf({ config }: HubState, agentId: string | undefined): string | null {
  return config.accounts.get(agentId ?? '')?.name ?? null;
}

function agentFacts({ config }: HubState, agentId: string | undefined): Facts {
  const account = config.accounts.get(agentId ?? '');
  if (!account) return noFacts;
  const { name, role, capacity, groups } = account;
  let devices = 0;
  for (const each of config.devices.values()) if (each.agentId === agentId) devices += 1;
  const groupName = (groupId: string): string => config.groups.get(groupId)?.name ?? groupId;
  const priorities = Object.fromEntries(groups.map(({ groupId, priority }) => [groupName(groupId), priority]));
  const passphrase = config.passphrases.has(account.agentId);
  return factsOf({ name, role, capacity, devices, passphrase, groups: priorities });
}

function unknownAgent() {
  return refused({ code: 'unknownAgent', message: 'there is no such agent', field: 'agentId' });
}

function lastSupervisor() {
  const message = 'the last supervisor can be neither removed nor made an agent';
  return refused({ code: 'lastSupervisor', message, field: 'agentId' });
}
