import type { MessageView } from '../../../shared/protocol/views';
import type { Session } from '../session/session';
import type { HubState } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import type { Sender } from './envelope';
import { seqOf } from './missed-records';

type Identified = Pick<MessageView, 'messageId'> & { from: { kind: MessageView['from']['kind'] } };

/** The device and `cid` of the command that a record executed; null: none. `isAlone`: it does nothing but add a message. */
export function senderOf({ device, answer }: HubRecord, isAlone = false): Sender | null {
  if (device === undefined || answer?.kind !== 'ack') return null;
  return { device, cid: answer.cid, echoIsAck: isAlone && answer.result === undefined };
}

/**
 * Finds the messages that this session's own device sent, so that a client that resumes can match its outbox. Works as
 * far back as the device's answers are kept, so for every command that it may still repeat.
 */
export function ownSenders(state: HubState, { device }: Session): (message: Identified) => Sender | null {
  const cids = state.answers.cidsBySeq(device);
  return (message) => {
    const cid = message.from.kind === 'system' ? undefined : cids.get(seqOf(message));
    return cid === undefined ? null : { device, cid, echoIsAck: false };
  };
}

/** The messages, with the `cid` on those that this session's own device sent. */
export function withOwnCids<T extends Identified>(state: HubState, session: Session, messages: readonly T[]): T[] {
  const senderOf = ownSenders(state, session);
  return messages.map((message) => {
    const sender = senderOf(message);
    return sender ? { ...message, cid: sender.cid } : message;
  });
}
