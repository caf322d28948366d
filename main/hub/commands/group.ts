import { type Facts, factsOf, noFacts } from '../audit/facts';
import { hoursFacts } from '../audit/hours-facts';
import { officeOnly, relationToOffice } from '../rights/rights';
import { ack, done, refused } from '../session/outcome';
import type { HubState } from '../state/hub-state';
import type { AgentCommandSpecs } from './command';
import { isNameTaken, nameTaken, unknownGroup } from './refusals';

export const groupCommands: AgentCommandSpecs<'group.put' | 'group.remove'> = {
  'group.put': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: {
      subject: ({ state, command }, result) => nameOf(state, command.groupId ?? result?.groupId),
      facts: ({ state, command }, result) => groupFacts(state, command.groupId ?? result?.groupId),
    },
    step(step, command, _session, { loop }) {
      const { name, hours } = command;
      const { groups } = step.state.config;
      const known = command.groupId === undefined ? undefined : groups.get(command.groupId);
      if (command.groupId !== undefined && !known) return unknownGroup();
      if (isNameTaken(name, known?.name, groups.values())) return nameTaken();
      const groupId = command.groupId ?? loop.newId('group');
      const settings = command.settings === undefined ? {} : { settings: command.settings };
      const { refusal } = step.route({ type: 'group.put', groupId, name, ...settings });
      if (refusal) return refused(refusal);
      if (hours !== undefined) step.add({ type: 'hours.put', groupId, hours });
      return ack({ groupId });
    },
  },
  'group.remove': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: {
      subject: ({ state, command }) => nameOf(state, command.groupId),
      facts: ({ state, command }) => groupFacts(state, command.groupId),
    },
    /** What customers left for the group moves to another one, so that somebody still sees it. */
    step(step, { groupId, moveTo }) {
      const { refusal } = step.route({ type: 'group.remove', groupId, ...(moveTo === undefined ? {} : { moveTo }) });
      if (refusal) return refused(refusal);
      const next = moveTo ?? step.state.config.groups.keys().next().value;
      // After the last group there is none to move it to: supervisors see what was left for it.
      if (next !== undefined)
        for (const { leftMessageId, groupId: of } of [...step.state.leftMessages.all()])
          if (of === groupId) step.add({ type: 'leftMessage.moved', leftMessageId, groupId: next });
      return done;
    },
  },
};

function nameOf({ config }: HubState, groupId: string | undefined): string | null {
  return config.groups.get(groupId ?? '')?.name ?? null;
}

function groupFacts({ config }: HubState, groupId: string | undefined): Facts {
  const group = config.groups.get(groupId ?? '');
  if (!group) return noFacts;
  const { name, settings, hours } = group;
  return factsOf({ name, settings, hours: hoursFacts(hours) });
}
