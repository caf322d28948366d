import { ownCannedRepliesMax, sharedCannedRepliesMax } from '../../../shared/protocol/limits';
import { onOthers } from '../audit/audit';
import { type Facts, factsOf, noFacts } from '../audit/facts';
import { ownOrShared, type Sender } from '../rights/rights';
import { ack, done, type Outcome, refused } from '../session/outcome';
import type { AgentSession } from '../session/session';
import type { HubState } from '../state/hub-state';
import type { Relation } from '../state/relation';
import type { Step } from '../state/step';
import type { AgentCommandOf, AgentCommandSpecs } from './command';
import type { CommandServices } from './services';

export const cannedReplyCommands: AgentCommandSpecs<'cannedReply.put' | 'cannedReply.remove'> = {
  'cannedReply.put': {
    rights: ownOrShared,
    relation(asked) {
      const relation = relationToReply(asked, asked.command.cannedReplyId);
      // One that is to be shared is the office's from then on.
      return relation === 'own' && asked.command.scope === 'shared' ? 'office' : relation;
    },
    audit: {
      when: onOthers,
      subject: ({ state, command }, result) => shortcutOf(state, command.cannedReplyId ?? result?.cannedReplyId),
      facts: ({ state, command }, result) => replyFacts(state, command.cannedReplyId ?? result?.cannedReplyId),
    },
    step: putReply,
  },
  'cannedReply.remove': {
    rights: ownOrShared,
    relation: (asked) => relationToReply(asked, asked.command.cannedReplyId),
    audit: {
      when: onOthers,
      subject: ({ state, command }) => shortcutOf(state, command.cannedReplyId),
      facts: ({ state, command }) => replyFacts(state, command.cannedReplyId),
    },
    step(step, { cannedReplyId }) {
      if (!step.state.config.cannedReplies.has(cannedReplyId)) return unknownReply();
      step.add({ type: 'cannedReply.removed', cannedReplyId });
      return done;
    },
  },
};

/** A shared one is the office's, no longer its author's. */
function relationToReply({ state, agentId }: Sender, cannedReplyId: string | undefined): Relation {
  const found = state.config.cannedReplies.get(cannedReplyId ?? '');
  if (!found) return 'own';
  if (found.agentId === null) return 'office';
  return found.agentId === agentId ? 'own' : 'other';
}

function putReply(
  step: Step,
  command: AgentCommandOf<'cannedReply.put'>,
  session: AgentSession,
  { loop }: CommandServices,
): Outcome<{ cannedReplyId: string }> {
  const { scope, shortcut, text } = command;
  const { cannedReplies } = step.state.config;
  if (command.cannedReplyId !== undefined && !cannedReplies.has(command.cannedReplyId)) return unknownReply();
  const cannedReplyId = command.cannedReplyId ?? loop.newId('canned');
  const agentId = scope === 'own' ? session.agentId : null;
  const others = [...cannedReplies.values()].filter(
    (each) => each.agentId === agentId && each.cannedReplyId !== cannedReplyId,
  );
  if (others.some((each) => each.shortcut.toLowerCase() === shortcut.toLowerCase())) {
    const message = `/${shortcut} is there already; choose another shortcut, or change that one`;
    return refused({ code: 'shortcutTaken', message, field: 'shortcut' });
  }
  const repliesMax = scope === 'own' ? ownCannedRepliesMax : sharedCannedRepliesMax;
  if (others.length >= repliesMax) {
    const message = `there are ${repliesMax} canned replies already; remove one that is not used`;
    return refused({ code: 'tooManyCannedReplies', message });
  }
  step.add({ type: 'cannedReply.put', cannedReply: { cannedReplyId, agentId, shortcut, text } });
  return ack({ cannedReplyId });
}

function shortcutOf({ config }: HubState, cannedReplyId: string | undefined): string | null {
  return config.cannedReplies.get(cannedReplyId ?? '')?.shortcut ?? null;
}

function replyFacts({ config }: HubState, cannedReplyId: string | undefined): Facts {
  const found = config.cannedReplies.get(cannedReplyId ?? '');
  return found ? factsOf({ shortcut: found.shortcut, text: found.text }) : noFacts;
}

function unknownReply() {
  const message = 'there is no such canned reply any more';
  return refused({ code: 'unknownCannedReply', message, field: 'cannedReplyId' });
}
