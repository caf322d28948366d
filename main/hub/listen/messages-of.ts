import type { ProtocolVersion } from '../../../shared/protocol/fields';

/** Characters of one message above which it takes no further frame: a long catch-up is read while it comes. */
const batchLengthMax = 64 * 1024;

/** The frames of one write as WebSocket messages: each its own, in protocol 2 as arrays where there are several. */
export function messagesOf(frames: readonly string[], proto: ProtocolVersion): readonly string[] {
  if (proto === 1 || frames.length < 2) return frames;
  const messages: string[] = [];
  let batch: string[] = [];
  let length = 0;
  const end = () => {
    const [first] = batch;
    if (first !== undefined) messages.push(batch.length === 1 ? first : `[${batch.join(',')}]`);
    batch = [];
    length = 0;
  };
  for (const frame of frames) {
    if (length + frame.length > batchLengthMax) end();
    batch.push(frame);
    length += frame.length;
  }
  end();
  return messages;
}
