import type { LeftMessage } from '../../../shared/protocol/views';
import type { Searchable } from '../search/search';
import type { Step } from '../state/step';

/**
 * Puts a left message back among the open ones. An archived one stays as it is, with who had done it, so a copy under a
 * new id is opened instead.
 */
export function reopenLeftMessage(step: Step, found: Searchable, newId: string): LeftMessage {
  const { config, leftMessages } = step.state;
  const held = leftMessages.doneOf(found.conversationId);
  const [message] = found.messages;
  const { customerId, customerName, openedAt: at, left, note, tags } = found;
  const labels = { ...(note ? { note } : {}), ...(tags.length > 0 ? { tags: [...tags] } : {}) };
  const archived = { customerId, customerName, contact: left?.contact ?? '', text: message?.text ?? '', at, ...labels };
  const before = held ?? { ...archived, leftMessageId: newId, groupId: found.groupId, reopens: found.conversationId };
  // Its group may have been removed since.
  const [first] = config.groups.keys();
  const leftMessage = { ...before, groupId: config.groups.has(before.groupId) ? before.groupId : (first ?? '') };
  step.add({ type: 'leftMessage.reopened', leftMessage });
  return leftMessage;
}
