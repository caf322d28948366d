import { saysSame } from '../../../../shared/client/says-same';
import type { MessageView } from '../../../../shared/protocol/views';
import type { OfficeState, SendingMessage } from '../office-state';
import type { SendingChange } from './office-change';

/** How far the page's idea of the hub's time may be off. */
const clockSlackMs = 30_000;

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
    case 'sendingTaken':
      return withMessage(state, change.cid, (message) =>
        isShown(state, message) ? null : { ...message, state: 'sent' },
      );
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

/** The hub's copy is here already, or comes with the history when the conversation is opened. */
function isShown({ messages, me }: OfficeState, message: SendingMessage): boolean {
  const known = messages.get(message.conversationId);
  if (!known) return true;
  return known.some(
    (each) =>
      each.from.kind === (message.kind === 'note' ? 'note' : 'agent') &&
      each.from.agentId === me?.agentId &&
      saysSame(each, message) &&
      each.at > message.at - clockSlackMs,
  );
}

/** The hub's copy of a reply takes the place of the own one, whether its `ack` came before or comes after. */
export function withoutEchoed(sending: readonly SendingMessage[], message: MessageView): readonly SendingMessage[] {
  const echoed = sending.find(
    (each) =>
      each.state !== 'failed' &&
      each.conversationId === message.conversationId &&
      (each.kind === 'note') === (message.from.kind === 'note') &&
      saysSame(each, message),
  );
  return echoed ? sending.filter((each) => each !== echoed) : sending;
}
