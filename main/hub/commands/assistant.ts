import type { AuditSpec } from '../audit/audit';
import { type Facts, factsOf, noFacts } from '../audit/facts';
import { officeOnly, relationToOffice } from '../rights/rights';
import { ack, done, refused } from '../session/outcome';
import type { HubState } from '../state/hub-state';
import type { Step } from '../state/step';
import { hashSecret, makeToken } from '../system/tokens';
import type { AgentCommandSpecs, Allowed } from './command';
import { isNameTaken, nameTaken } from './refusals';
import type { CommandServices } from './services';

type AssistantOp = 'assistant.put' | 'assistant.remove' | 'assistant.token' | 'assistant.revoke';

const wholeAssistant: AuditSpec<Allowed<'assistant.remove' | 'assistant.token' | 'assistant.revoke'>, unknown> = {
  subject: ({ state, command }) => nameOf(state, command.assistantId),
  facts: ({ state, command }) => assistantFacts(state, command.assistantId),
};

/** BO1: the programs that speak first, their groups and tokens. What they say themselves: from-assistant.ts. */
export const assistantCommands: AgentCommandSpecs<AssistantOp> = {
  'assistant.put': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: {
      subject: ({ state, command }, result) => nameOf(state, command.assistantId ?? result?.assistantId),
      facts: ({ state, command }, result) => assistantFacts(state, command.assistantId ?? result?.assistantId),
    },
    step(step, command, _session, { loop }) {
      const { name, groupIds } = command;
      const { assistants } = step.state.config;
      const known = command.assistantId === undefined ? undefined : assistants.get(command.assistantId);
      if (command.assistantId !== undefined && !known) return unknownAssistant();
      if (isNameTaken(name, known?.name, assistants.values())) return nameTaken();
      const assistantId = command.assistantId ?? loop.newId('assistant');
      const { refusal } = step.route({ type: 'assistant.put', assistantId, name, groupIds });
      return refusal ? refused(refusal) : ack({ assistantId });
    },
  },
  'assistant.remove': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: wholeAssistant,
    step(step, { assistantId }, _session, { loop }) {
      const { refusal } = step.route({ type: 'assistant.remove', assistantId });
      if (refusal) return refused(refusal);
      endLine(step, loop, assistantId);
      return done;
    },
  },
  /** The token is in the answer once and nowhere else. */
  'assistant.token': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: wholeAssistant,
    step(step, { assistantId }, _session, { loop }) {
      if (!step.state.config.assistants.has(assistantId)) return unknownAssistant();
      const token = makeToken((size) => loop.randomBytes(size));
      step.add({ type: 'assistant.tokenMade', assistantId, tokenHash: hashSecret(token), at: step.at });
      endLine(step, loop, assistantId);
      return { ...ack({ token }), isSecret: true };
    },
  },
  'assistant.revoke': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: wholeAssistant,
    step(step, { assistantId }, _session, { loop }) {
      if (!step.state.config.assistants.has(assistantId)) return unknownAssistant();
      step.add({ type: 'assistant.tokenRevoked', assistantId });
      endLine(step, loop, assistantId);
      return done;
    },
  },
};

/** The line's end is what passes it by (BO3). */
function endLine(step: Step, loop: CommandServices['loop'], assistantId: string): void {
  const session = loop.sessions.assistant(assistantId);
  if (session) step.afterwards(() => loop.drop(session, 'tokenRevoked'));
}

function nameOf({ config }: HubState, assistantId: string | undefined): string | null {
  return config.assistants.get(assistantId ?? '')?.name ?? null;
}

function assistantFacts({ config }: HubState, assistantId: string | undefined): Facts {
  const assistant = config.assistants.get(assistantId ?? '');
  if (!assistant) return noFacts;
  const { name, groupIds, tokenHash } = assistant;
  const groups = groupIds.map((groupId) => config.groups.get(groupId)?.name ?? groupId).join(', ');
  return factsOf({ name, groups, token: tokenHash !== null });
}

function unknownAssistant() {
  return refused({ code: 'unknownAssistant', message: 'there is no such assistant', field: 'assistantId' });
}
