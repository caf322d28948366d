import { historyRights } from '../history/history';
import { groupOrSupervisor, relationToGroup } from '../rights/rights';
import { done, refused } from '../session/outcome';
import type { Relation } from '../state/relation';
import type { AgentCommandSpecs, Asked } from './command';

type LeftMessageOp = 'leftMessage.done' | 'leftMessage.reopen';

/** Messages that customers leave for later, when no agent can answer. */
export const leftMessageCommands: AgentCommandSpecs<LeftMessageOp> = {
  'leftMessage.done': {
    rights: groupOrSupervisor,
    relation: relationToLeftMessage,
    audit: { subject: ({ command }) => command.leftMessageId },
    /** It leaves the list, and is found in the history from then on. */
    step(step, { leftMessageId }, { agentId }) {
      const found = step.state.leftMessages.get(leftMessageId);
      if (!found) {
        const message = 'there is no such message any more; a colleague has seen to it';
        return refused({ code: 'unknownLeftMessage', message, field: 'leftMessageId' });
      }
      const name = step.state.config.accounts.get(agentId)?.name ?? '';
      const { customerId } = found;
      step.add({ type: 'leftMessage.done', leftMessageId, agentId, name, customerId, at: step.at });
      return done;
    },
  },
  'leftMessage.reopen': {
    rights: historyRights,
    relation: relationToLeftMessage,
    audit: 'itself',
    job: (command, session, { history }) => history.reopen(session, command),
  },
};

/** One in the archive counts as the sender's own: rights are looked at again when it has been found. */
function relationToLeftMessage(asked: Asked<LeftMessageOp>): Relation {
  const { leftMessages } = asked.state;
  const { leftMessageId } = asked.command;
  const leftMessage = leftMessages.get(leftMessageId) ?? leftMessages.doneOf(leftMessageId);
  return leftMessage ? relationToGroup(asked, leftMessage.groupId) : 'own';
}
