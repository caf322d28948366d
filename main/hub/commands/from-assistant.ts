import type { AssistantCommand } from '../../../shared/protocol/assistant-wire';
import type { Refusal } from '../../../shared/routing/index';
import { done, type Outcome, refused } from '../session/outcome';
import type { AssistantSession } from '../session/session';
import type { Step } from '../state/step';

/** Every command of assistants. The core refuses what is not with them: there are no rights to look at, nothing to audit. */
export function stepOfAssistant(
  step: Step,
  command: AssistantCommand,
  { assistantId }: AssistantSession,
): Outcome<undefined> {
  const { conversationId } = command;
  switch (command.op) {
    case 'message.send': {
      const { refusal } = step.route({ type: 'message.sent', conversationId, from: 'assistant', assistantId });
      if (refusal) return turnedDown(refusal);
      const name = step.state.config.assistants.get(assistantId)?.name ?? '';
      const from = { kind: 'assistant' as const, assistantId, name };
      step.message({ conversationId, from, text: command.text, line: null });
      return done;
    }
    case 'conversation.handOver': {
      const { groupId, priority, note } = command;
      const { refusal } = step.route({
        type: 'conversation.handOver',
        conversationId,
        assistantId,
        ...(groupId === undefined ? {} : { groupId }),
        ...(priority === undefined ? {} : { priority }),
        ...(note === undefined ? {} : { note }),
      });
      return refusal ? turnedDown(refusal) : done;
    }
  }
}

/** Without the core's `now`, which tells of people and their conversations. */
function turnedDown({ code, message, field }: Refusal) {
  return refused({ code, message: code === 'notAssisted' ? 'the conversation is not with you' : message, field });
}
