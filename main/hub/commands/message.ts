import { maySee } from '../rights/audience';
import { groupOrSupervisor, ownOnly, relationToConversation } from '../rights/rights';
import { done, refused } from '../session/outcome';
import type { ProgramSession } from '../session/session';
import type { Relation } from '../state/relation';
import { isWrappingUp, routedConversation } from '../state/routing-view';
import type { Step } from '../state/step';
import type { AgentCommandSpecs, Asked } from './command';
import { attachmentUnknown, unknownConversation } from './refusals';

type MessageOp = 'message.send' | 'note.add';

/** What agents write into a conversation. */
export const messageCommands: AgentCommandSpecs<MessageOp> = {
  'message.send': {
    rights: ownOnly,
    scope: 'messages:write',
    relation: ofConversation,
    audit: 'none',
    addsText: true,
    step(step, { conversationId, text, attachments: refs = [], after }, session) {
      if (session.kind === 'program') return saidByProgram(step, session, conversationId, text);
      const { agentId } = session;
      const attachments = step.state.uploads.attachments(agentId, refs);
      if (!attachments) return attachmentUnknown();
      const unread = after === undefined ? undefined : step.state.threads.unansweredAfter(conversationId, after);
      const unseen = unread ? { unseenSince: unread.since } : {};
      const { refusal } = step.route({ type: 'message.sent', conversationId, from: 'agent', agentId, ...unseen });
      if (refusal) return refused(refusal);
      const name = step.state.config.accounts.get(agentId)?.name ?? '';
      step.message({ conversationId, from: { kind: 'agent', agentId, name }, text, line: null, attachments, unread });
      return done;
    },
  },
  'note.add': {
    rights: groupOrSupervisor,
    scope: 'messages:write',
    relation: ofConversation,
    audit: 'none',
    addsText: true,
    // Nothing for the core: a note answers no customer.
    step(step, { conversationId, text, mentions }, session) {
      const { agentId } = session;
      const { state } = step;
      const conversation = routedConversation(state.routing, conversationId);
      const thread = state.threads.get(conversationId);
      if (!thread || (!conversation && (agentId === null || !isWrappingUp(state.routing, agentId, conversationId))))
        return unknownConversation();
      if (mentions?.some((each) => !conversation || !maySee(state, each, conversation))) {
        const message = 'a colleague who is mentioned may not see this conversation, or is no agent any more';
        return refused({ code: 'unknownMention', message, field: 'mentions' });
      }
      const mentioned = mentions ? { mentions } : {};
      const by = session.kind === 'program' ? session.tokenId : session.agentId;
      const name = session.kind === 'program' ? session.name : (state.config.accounts.get(by)?.name ?? '');
      step.message({ conversationId, from: { kind: 'note', agentId: by, name, ...mentioned }, text, line: null });
      return done;
    },
  },
};

/** Nothing for the core: it answers no customer, who goes on waiting for an agent. */
function saidByProgram(step: Step, { tokenId, name }: ProgramSession, conversationId: string, text: string) {
  if (!routedConversation(step.state.routing, conversationId)) return unknownConversation();
  step.message({ conversationId, from: { kind: 'program', tokenId, name }, text, line: null });
  return done;
}

function ofConversation(asked: Asked<MessageOp>): Relation {
  return relationToConversation(asked, asked.command.conversationId);
}
