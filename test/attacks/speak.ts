import { once } from 'node:events';
import { onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';

// biome-ignore lint/suspicious/noExplicitAny: frames of every kind
type Any = any;

/** The fields of `hello` that only agents send. */
export const agent = (auth: object, deviceId: string) => ({ role: 'agent', auth, deviceId, deviceLabel: 'test' });

/** A client over a real socket. */
export async function speak(url: string, hello: object) {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const frames: Any[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(data.toString())));
  await once(socket, 'open');
  const until = (wanted: (frame: Any) => boolean) =>
    vi.waitFor(() => {
      const found = frames.find(wanted);
      if (!found) throw new Error(`not among ${JSON.stringify(frames)}`);
      return found;
    });
  let n = 0;
  const command = (body: object) => {
    n += 1;
    const cid = `c${n}`;
    socket.send(JSON.stringify({ type: 'command', cid, n, ...body }));
    return until((frame) => frame.cid === cid);
  };
  const send = (text: string) => socket.send(text);
  const closed = once(socket, 'close').then(([code]) => code as number);
  socket.send(JSON.stringify({ type: 'hello', proto: 1, since: null, lastN: 0, ...hello }));
  return { frames, until, command, send, closed, end: () => socket.close() };
}
