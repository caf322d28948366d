import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import { ownCannedRepliesMax, sharedCannedRepliesMax } from '../../../shared/protocol/limits';
import { ack, type CommandOutcome, refused } from '../session/outcome';
import type { Step } from '../state/step';
import type { CommandContext } from './context';

type Put = Extract<AgentCommand, { op: 'cannedReply.put' }>;

export function putCannedReply(step: Step, command: Put, context: CommandContext): CommandOutcome {
  const { cid, scope, shortcut, text } = command;
  const { cannedReplies } = step.state.config;
  if (command.cannedReplyId !== undefined && !cannedReplies.has(command.cannedReplyId)) return unknown(cid);
  const cannedReplyId = command.cannedReplyId ?? context.newId('canned');
  const agentId = scope === 'own' ? context.agentId : null;
  const beside = [...cannedReplies.values()].filter(
    (each) => each.agentId === agentId && each.cannedReplyId !== cannedReplyId,
  );
  if (beside.some((each) => each.shortcut.toLowerCase() === shortcut.toLowerCase())) {
    const message = `/${shortcut} is there already; choose another shortcut, or change that one`;
    return refused(cid, { code: 'shortcutTaken', message, field: 'shortcut' });
  }
  const repliesMax = scope === 'own' ? ownCannedRepliesMax : sharedCannedRepliesMax;
  if (beside.length >= repliesMax) {
    const message = `there are ${repliesMax} canned replies already; remove one that is not used`;
    return refused(cid, { code: 'tooManyCannedReplies', message });
  }
  step.add({ type: 'cannedReply.put', cannedReply: { cannedReplyId, agentId, shortcut, text } });
  return ack(cid, { cannedReplyId });
}

export function removeCannedReply(step: Step, cid: string, cannedReplyId: string): CommandOutcome {
  if (!step.state.config.cannedReplies.has(cannedReplyId)) return unknown(cid);
  step.add({ type: 'cannedReply.removed', cannedReplyId });
  return ack(cid);
}

function unknown(cid: string): CommandOutcome {
  const message = 'there is no such canned reply any more';
  return refused(cid, { code: 'unknownCannedReply', message, field: 'cannedReplyId' });
}
