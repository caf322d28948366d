import { holderOf } from '../../../shared/routing/index';
import { onOthers } from '../audit/audit';
import { type Facts, factsOf, noFacts } from '../audit/facts';
import { isSupervisor } from '../rights/audience';
import { groupOrSupervisor, ownOnly, ownOrSupervisor, relationToConversation, relationToGroup } from '../rights/rights';
import { done, refused } from '../session/outcome';
import { officeOf } from '../state/config';
import type { Relation } from '../state/relation';
import { isWrappingUp, lastAgentOf } from '../state/routing-view';
import type { AgentCommandSpecs, Allowed, Asked } from './command';
import { customerAway, notASupervisor, unknownConversation, unknownTag } from './refusals';
import { routed } from './routed';

type ConversationOp =
  | 'conversation.ack'
  | 'conversation.claim'
  | 'conversation.transfer'
  | 'conversation.handBack'
  | 'conversation.close'
  | 'conversation.reopen'
  | 'conversation.tag'
  | 'conversation.watch'
  | 'wrapUp.done';

/** Assigning, labelling and ending conversations. What is written in them: message.ts; the past: history.ts. */
export const conversationCommands: AgentCommandSpecs<ConversationOp> = {
  'conversation.ack': {
    rights: ownOnly,
    relation: ofConversation,
    audit: 'none',
    isAutomatic: true,
    step: (step, { conversationId }, { agentId }) =>
      routed(step, { type: 'conversation.ack', agentId, conversationId }),
  },
  'conversation.claim': {
    rights: groupOrSupervisor,
    relation: ofConversation,
    audit: { when: byForce, subject: idOf, facts: conversationFacts },
    step(step, { conversationId, force = false }, { agentId }) {
      if (force && !isSupervisor(step.state, agentId)) return notASupervisor('force');
      return routed(step, { type: 'conversation.claim', agentId, conversationId, force });
    },
  },
  'conversation.transfer': {
    rights: ownOnly,
    relation: ofConversation,
    audit: { when: byForce, subject: idOf, facts: conversationFacts },
    step(step, { conversationId, to, force = false, note }, { agentId }) {
      if (force && !isSupervisor(step.state, agentId)) return notASupervisor('force');
      const withNote = note === undefined ? {} : { note };
      return routed(step, { type: 'conversation.transfer', agentId, conversationId, to, force, ...withNote });
    },
  },
  'conversation.handBack': {
    rights: ownOnly,
    relation: ofConversation,
    audit: 'none',
    step: (step, { conversationId }, { agentId }) =>
      routed(step, { type: 'conversation.handBack', agentId, conversationId }),
  },
  'conversation.close': {
    rights: ownOrSupervisor,
    scope: 'conversations:write',
    relation: ofConversation,
    audit: { when: onOthers, subject: idOf, facts: conversationFacts },
    step(step, { conversationId, wrapUpCode }, { agentId }) {
      if (wrapUpCode !== undefined && !officeOf(step.state.config).wrapUpCodes.includes(wrapUpCode)) {
        const message = 'the office has no such wrap-up code any more; choose another one';
        return refused({ code: 'unknownWrapUpCode', message, field: 'wrapUpCode' });
      }
      const by = agentId === null ? ({ by: 'system' } as const) : ({ by: 'agent', agentId } as const);
      const { refusal } = step.route({ type: 'conversation.close', conversationId, ...by });
      if (refusal) return refused(refusal);
      if (wrapUpCode !== undefined) step.add({ type: 'conversation.wrappedUp', conversationId, code: wrapUpCode });
      return done;
    },
  },
  'conversation.reopen': {
    rights: groupOrSupervisor,
    relation: ofEnded,
    audit: { when: onOthers, subject: idOf },
    step(step, { conversationId }, { agentId }, { loop }) {
      const { threads } = step.state;
      const thread = threads.get(conversationId);
      if (!thread || !threads.isHeldAt(thread.customerId, step.at)) return unknownConversation();
      if (!loop.sessions.customerConnected(thread.customerId)) return customerAway('conversationId');
      return routed(step, { type: 'conversation.reopen', conversationId, agentId });
    },
  },
  'conversation.tag': {
    rights: groupOrSupervisor,
    scope: 'conversations:write',
    relation: ofConversation,
    audit: 'none',
    step(step, { conversationId, tags }, { agentId }) {
      const conversation = step.state.threads.get(conversationId);
      const { routing } = step.state;
      const isWrapped = agentId !== null && isWrappingUp(routing, agentId, conversationId);
      const isOpen = routing.conversations.has(conversationId) || isWrapped;
      if (!conversation || !isOpen) return unknownConversation();
      const known = [...officeOf(step.state.config).tags, ...conversation.tags];
      if (tags.some((tag) => !known.includes(tag))) return unknownTag();
      step.add({ type: 'conversation.tagged', conversationId, tags });
      return done;
    },
  },
  'conversation.watch': {
    rights: groupOrSupervisor,
    relation: (asked) =>
      asked.command.conversationId === null ? 'own' : relationToConversation(asked, asked.command.conversationId),
    audit: { when: beginsToReadOthers, subject: ({ command }) => command.conversationId },
    question({ conversationId }, session, { loop, fanOut }) {
      if (conversationId !== null && !loop.state.routing.conversations.has(conversationId))
        return refused({ code: 'unknownConversation', message: 'there is no such open conversation' });
      fanOut.conversations.watch(session, conversationId);
      return done;
    },
  },
  'wrapUp.done': {
    rights: ownOnly,
    // Agents can name only wrap-ups of their own.
    relation: () => 'own',
    audit: 'none',
    step: (step, { conversationId }, { agentId }) => routed(step, { type: 'wrapUp.done', agentId, conversationId }),
  },
};

function byForce({ command }: Allowed<'conversation.claim' | 'conversation.transfer'>): boolean {
  return command.force === true;
}

type OfOneConversation = Exclude<ConversationOp, 'conversation.watch' | 'wrapUp.done'>;

function ofConversation(asked: Asked<OfOneConversation>): Relation {
  return relationToConversation(asked, asked.command.conversationId);
}

/** Own: whoever had it at its end. */
function ofEnded(asked: Asked<'conversation.reopen'>): Relation {
  const { conversationId } = asked.command;
  const { routing, threads } = asked.state;
  const thread = threads.get(conversationId);
  if (!thread || routing.conversations.has(conversationId)) return relationToConversation(asked, conversationId);
  if (lastAgentOf(routing, conversationId) === asked.agentId) return 'own';
  return relationToGroup(asked, thread.groupId);
}

function idOf({ command }: Allowed<OfOneConversation>): string {
  return command.conversationId;
}

/** Watching one that belongs to somebody else; not what waits in the watcher's own group, nor what is watched already. */
function beginsToReadOthers({ state, session, command, relation }: Allowed<'conversation.watch'>): boolean {
  const { conversationId } = command;
  const conversation = conversationId === null ? undefined : state.routing.conversations.get(conversationId);
  if (!conversation || conversationId === session.watched) return false;
  return relation === 'other' || (relation === 'group' && holderOf(conversation) !== null);
}

function conversationFacts({ state: { config, routing }, command }: Allowed<OfOneConversation>): Facts {
  const found = routing.conversations.get(command.conversationId);
  if (!found) return noFacts;
  const { stage, groupId } = found;
  const agentId = stage.kind === 'active' ? stage.agentId : null;
  const agent = agentId === null ? null : (config.accounts.get(agentId)?.name ?? agentId);
  return factsOf({ agent, group: config.groups.get(groupId)?.name ?? groupId });
}
