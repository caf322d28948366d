import type { LeftMessage } from '../../../shared/protocol/views';
import { holderOf } from '../../../shared/routing/index';
import { historyRights } from '../history/history';
import { isSupervisor } from '../rights/audience';
import { groupOrSupervisor, relationToGroup } from '../rights/rights';
import { ack, done, refused } from '../session/outcome';
import { officeOf } from '../state/config';
import type { Relation } from '../state/relation';
import type { Step } from '../state/step';
import type { AgentCommandSpecs, Asked } from './command';
import { customerAway, unknownTag } from './refusals';

type LeftMessageOp = 'leftMessage.put' | 'leftMessage.begin' | 'leftMessage.done' | 'leftMessage.reopen';

/** Messages that customers leave for later, when no agent can answer. */
export const leftMessageCommands: AgentCommandSpecs<LeftMessageOp> = {
  'leftMessage.put': {
    rights: groupOrSupervisor,
    relation: relationToLeftMessage,
    audit: 'none',
    step(step, { leftMessageId, taken, note, tags }, { agentId }) {
      const { state } = step;
      const found = state.leftMessages.get(leftMessageId);
      if (!found) return unknownLeftMessage();
      const { takenBy } = found;
      if (taken !== undefined && takenBy && takenBy.agentId !== agentId && !isSupervisor(state, agentId)) {
        const now = { agentId: takenBy.agentId };
        return refused({ code: 'alreadyTaken', message: `${takenBy.name} has taken this message`, now });
      }
      const known = [...officeOf(state.config).tags, ...(found.tags ?? [])];
      if (tags?.some((tag) => !known.includes(tag))) return unknownTag();
      step.add({
        type: 'leftMessage.put',
        leftMessageId,
        ...(taken === undefined ? {} : { takenBy: taken ? { agentId, name: nameOf(step, agentId) } : null }),
        ...(note === undefined ? {} : { note }),
        ...(tags === undefined ? {} : { tags }),
      });
      return done;
    },
  },
  'leftMessage.begin': {
    rights: groupOrSupervisor,
    relation: relationToLeftMessage,
    audit: { subject: ({ command }) => command.leftMessageId },
    step(step, { leftMessageId }, { agentId }, { loop }) {
      const { leftMessages, customers, routing } = step.state;
      const found = leftMessages.get(leftMessageId);
      if (!found) return unknownLeftMessage();
      const { customerId, groupId, text } = found;
      if (!loop.sessions.customerConnected(customerId)) return customerAway('leftMessageId');
      // One that the sender has already takes the message up.
      const latestId = customers.must(customerId).conversationId;
      const latest = latestId === null ? undefined : routing.conversations.get(latestId);
      const isTheirs = latest !== undefined && holderOf(latest) === agentId;
      const conversationId = isTheirs ? latest.id : loop.newId('conversation');
      if (!isTheirs) {
        const { refusal } = step.route({ type: 'conversation.open', conversationId, customerId, groupId, agentId });
        if (refusal) return refused(refusal);
      }
      // Begun before and taken back, it may be there already.
      const { messages } = step.state.threads.must(conversationId);
      if (!messages.some(({ from, text: said }) => from.kind === 'customer' && said === text)) {
        step.route({ type: 'message.sent', conversationId, from: 'customer' });
        step.message({ conversationId, from: { kind: 'customer' }, text, line: null });
      }
      seeTo(step, found, agentId);
      return ack({ conversationId });
    },
  },
  'leftMessage.done': {
    rights: groupOrSupervisor,
    relation: relationToLeftMessage,
    audit: { subject: ({ command }) => command.leftMessageId },
    step(step, { leftMessageId }, { agentId }) {
      const found = step.state.leftMessages.get(leftMessageId);
      if (!found) return unknownLeftMessage();
      seeTo(step, found, agentId);
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

/** It leaves the list, and is found in the history from then on. */
function seeTo(step: Step, { leftMessageId, customerId }: LeftMessage, agentId: string): void {
  step.add({ type: 'leftMessage.done', leftMessageId, agentId, name: nameOf(step, agentId), customerId, at: step.at });
}

function nameOf({ state }: Step, agentId: string): string {
  return state.config.accounts.get(agentId)?.name ?? '';
}

function unknownLeftMessage() {
  const message = 'there is no such message any more; a colleague has seen to it';
  return refused({ code: 'unknownLeftMessage', message, field: 'leftMessageId' });
}

/** One in the archive counts as the sender's own: rights are looked at again when it has been found. */
function relationToLeftMessage(asked: Asked<LeftMessageOp>): Relation {
  const { leftMessages } = asked.state;
  const { leftMessageId } = asked.command;
  const leftMessage = leftMessages.get(leftMessageId) ?? leftMessages.doneOf(leftMessageId);
  return leftMessage ? relationToGroup(asked, leftMessage.groupId) : 'own';
}
