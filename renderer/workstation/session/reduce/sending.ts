import type { MessageView } from '../../../../shared/protocol/views';
import type { OfficeState, SendingMessage } from '../office-state';
import type { SendingChange } from './office-change';

export function reduceSending(state: OfficeState, change: SendingChange): OfficeState {
  switch (change.kind) {
    case 'sendingRestored':
      return { ...state, sending: change.messages };
    case 'sendingAdded': {
      const { message } = change;
      // Replying means having read: the "new" line goes.
      const newFrom = message.kind === 'reply' ? state.newFrom.delete(message.conversationId) : state.newFrom;
      return { ...state, newFrom, sending: [...state.sending, message] };
    }
    // Acknowledged: the echo has arrived before the answer, or comes with the history when the conversation is opened.
    case 'sendingTaken':
      return withMessage(state, change.cid, () => null);
    case 'sendingFailed':
      return withMessage(state, change.cid, (message) => ({
        ...message,
        state: 'failed',
        code: change.code,
        message: change.message,
      }));
    case 'sendingDiscarded':
      return withMessage(state, change.cid, () => null);
    case 'sendingWordsTaken':
      return withMessage(state, change.cid, (message) =>
        message.attachments?.length ? { ...message, text: '', state: 'failed', code: null, message: '' } : null,
      );
    case 'sendingErased':
      return { ...state, sending: state.sending.filter(({ conversationId }) => !change.isTheirs(conversationId)) };
  }
}

/** Changes one message, or removes it if `after` returns null. */
function withMessage(
  state: OfficeState,
  cid: string,
  after: (message: SendingMessage) => SendingMessage | null,
): OfficeState {
  const sending = state.sending.flatMap((message) => (message.cid === cid ? (after(message) ?? []) : message));
  return { ...state, sending };
}

/** Without the optimistic messages whose echo, with the same `cid`, has arrived. */
export function withoutEchoed(sending: readonly SendingMessage[], messages: readonly MessageView[]) {
  return sending.filter(({ cid }) => !messages.some((message) => message.cid === cid));
}
