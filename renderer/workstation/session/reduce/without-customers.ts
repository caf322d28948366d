import type { ConversationView } from '../../../../shared/protocol/views';
import type { OfficeState } from '../office-state';
import { withoutMessages } from './conversations';

/** Without everything about erased customers. `isTheirs`: whether a conversation, by its id, belongs to one of them. */
export function withoutCustomers(
  state: OfficeState,
  customerIds: ReadonlySet<string>,
  isTheirs: (conversationId: string) => boolean,
): OfficeState {
  const { conversations, recentlyGone, selectedGone, selectedId, messages, leftMessages } = state;
  const selectedWasTheirs =
    selectedId !== null && isTheirs(selectedId) && (selectedGone !== null || messages.has(selectedId));
  const isOne = ({ customerId }: Pick<ConversationView, 'customerId'>) => customerIds.has(customerId);
  const theirs = [...conversations.values(), ...recentlyGone.values(), ...leftMessages.values()].filter(isOne);
  const names = new Set(theirs.map(({ customerName }) => customerName));
  if (selectedGone && isOne(selectedGone)) names.add(selectedGone.customerName);
  const openAfter = conversations.without(isOne);
  const unread = [...messages.keys()].filter((id) => !openAfter.has(id) && isTheirs(id));
  return {
    ...unread.reduce(withoutMessages, state),
    conversations: openAfter,
    unread: state.unread.without((_row, id) => isTheirs(id)),
    recentlyGone: recentlyGone.without(isOne),
    leftMessages: leftMessages.without(isOne),
    erased: new Set([...state.erased, ...customerIds]),
    selectedErased: state.selectedErased || selectedWasTheirs,
    selectedGone: selectedGone && isOne(selectedGone) ? null : selectedGone,
    notices: state.notices.filter(
      ({ conversationId, params: { customers = '' } }) =>
        !(conversationId !== null && isTheirs(conversationId)) &&
        !customers.split(', ').some((each) => names.has(each)),
    ),
  };
}
