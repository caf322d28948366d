import type { MessageView } from '../../../shared/protocol/views';
import type { Session } from '../session/session';
import type { HubState } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import type { Sender } from './envelope';
import { seqOf } from './missed';

type Identified = Pick<MessageView, 'messageId'> & { from: { kind: MessageView['from']['kind'] } };

/** Which device's command a record executed; null: none. */
export function senderOf({ device, answer }: HubRecord): Sender | null {
  return device !== undefined && answer?.kind === 'ack' ? { device, cid: answer.cid } : null;
}

/**
 * Finds the messages of this session's own device again, for a client that comes back: as far as the answers of the
 * device are kept, and so for every command that it may still repeat.
 */
export function ownSenders(state: HubState, { device }: Session): (message: Identified) => Sender | null {
  const cids = state.answers.cidsBySeq(device);
  return (message) => {
    const cid = message.from.kind === 'system' ? undefined : cids.get(seqOf(message));
    return cid === undefined ? null : { device, cid };
  };
}

/** The messages with the `cid` of those that this session's own device sent. */
export function withOwnCids<T extends Identified>(state: HubState, session: Session, messages: readonly T[]): T[] {
  const senderOf = ownSenders(state, session);
  return messages.map((message) => {
    const sender = senderOf(message);
    return sender ? { ...message, cid: sender.cid } : message;
  });
}
