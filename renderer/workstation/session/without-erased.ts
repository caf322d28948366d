import type { ConversationView } from '../../../shared/protocol/views';
import type { OfficeState } from './office-state';

/**
 * Takes everything that speaks of erased customers out of what this workstation knows: changes the maps in place and
 * returns what else is new. `isTheirs` tells of a conversation by its id.
 */
export function withoutErased(
  state: OfficeState,
  customerIds: ReadonlySet<string>,
  isTheirs: (conversationId: string) => boolean,
): Partial<OfficeState> {
  const { conversations, lately, ghost, selectedId, messages, hasEarlier, newFrom, leftMessages } = state;
  const selectedWasTheirs = selectedId !== null && isTheirs(selectedId) && (ghost !== null || messages.has(selectedId));
  const names = new Set<string>();
  const isOne = ({ customerId, customerName }: Pick<ConversationView, 'customerId' | 'customerName'>) => {
    if (customerIds.has(customerId)) names.add(customerName);
    return customerIds.has(customerId);
  };
  if (ghost) isOne(ghost);
  for (const each of [conversations, lately]) dropFrom(each, isOne);
  dropFrom(leftMessages, isOne);
  for (const conversationId of messages.keys())
    if (!conversations.has(conversationId) && isTheirs(conversationId)) {
      messages.delete(conversationId);
      hasEarlier.delete(conversationId);
      newFrom.delete(conversationId);
    }
  return {
    erased: new Set([...state.erased, ...customerIds]),
    selectedErased: state.selectedErased || selectedWasTheirs,
    ghost: ghost && customerIds.has(ghost.customerId) ? null : ghost,
    notices: state.notices.filter(
      ({ conversationId, params: { customers = '' } }) =>
        !(conversationId !== null && isTheirs(conversationId)) &&
        !customers.split(', ').some((each) => names.has(each)),
    ),
    conversationsRevision: state.conversationsRevision + 1,
    messagesRevision: state.messagesRevision + 1,
    leftMessagesRevision: state.leftMessagesRevision + 1,
  };
}

function dropFrom<T>(map: Map<string, T>, isGone: (each: T) => boolean) {
  for (const [id, each] of map) if (isGone(each)) map.delete(id);
}
