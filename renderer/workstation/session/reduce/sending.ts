import type { MessageView } from '../../../../shared/protocol/views';
import type { OfficeState, SendingMessage } from '../office-state';
import type { SendingChange } from './office-change';

export function reduceSending(state: OfficeState, change: SendingChange): OfficeState {
  switch (change.kind) {
    case 'sendingRestored':
      return { ...state, sending: change.messages };
    case 'sendingAdded': {
      const { message } = change;
      // Nothing is new any more in a conversation that is answered.
      const newFrom = message.kind === 'reply' ? state.newFrom.delete(message.conversationId) : state.newFrom;
      return { ...state, newFrom, sending: [...state.sending, message] };
    }
    // The hub's copy came before its answer, or comes with the history when the conversation is opened.
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

/** Changes one message, or takes it out where that gives null. */
function withMessage(
  state: OfficeState,
  cid: string,
  after: (message: SendingMessage) => SendingMessage | null,
): OfficeState {
  const sending = state.sending.flatMap((message) => (message.cid === cid ? (after(message) ?? []) : message));
  return { ...state, sending };
}

/** The hub's copy of a message takes the place of the one that is being sent. */
export function withoutEchoed(sending: readonly SendingMessage[], messages: readonly MessageView[]) {
  return sending.filter(({ cid }) => !messages.some((message) => message.cid === cid));
}
