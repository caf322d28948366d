import { bodyOf, type External, markIn, Stream, startServer } from './stream';

const command = (...parts: string[]) =>
  `*${parts.length}\r\n${parts.map((part) => `$${part.length}\r\n${part}\r\n`).join('')}`;

/** One reply from `at` on; null: it is not whole yet. */
function replyAt(bytes: Buffer, at: number): { value: unknown; to: number } | null {
  const end = bytes.indexOf('\r\n', at);
  if (end === -1) return null;
  const [kind, count] = [String.fromCharCode(bytes[at]!), Number(bytes.toString('latin1', at + 1, end))];
  let to = end + 2;
  if (kind === '$') {
    if (bytes.length < to + count + 2) return null;
    return { value: bytes.toString('latin1', to, to + count), to: to + count + 2 };
  }
  if (kind !== '*') throw new Error(`Redis said ${bytes.toString('latin1', at, end)}`);
  const list: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    const item = replyAt(bytes, to);
    if (!item) return null;
    list.push(item.value);
    to = item.to;
  }
  return { value: list, to };
}

type Read = [stream: string, entries: [id: string, fields: string[]][]][];

/** Redis Streams, each command on disk before its answer: one stream a side, which that side reads. */
export const redis: External = {
  name: 'Redis Streams, appendfsync always',
  program: 'redis-server',
  start: (folder) =>
    startServer('redis-server', folder, (port) => [
      ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
      ...['--appendonly', 'yes', '--appendfsync', 'always', '--loglevel', 'warning'],
    ]),
  async open(port, place, traffic) {
    const [writing, reading] = [await Stream.open(port), await Stream.open(port)];
    const written: number[] = [];
    const side = {
      close: () => {
        writing.close();
        reading.close();
      },
      speak: (to: number, mark: number) => {
        written.push(mark);
        writing.write(command('XADD', `to:${to}`, '*', 'body', bodyOf(mark)));
      },
    };
    writing.take = (bytes) => {
      let at = 0;
      for (let reply = replyAt(bytes, at); reply; reply = replyAt(bytes, at)) {
        at = reply.to;
        traffic.acknowledged(written.shift()!);
      }
      return at;
    };
    const read = (after: string) => reading.write(command('XREAD', 'BLOCK', '0', 'STREAMS', `to:${place}`, after));
    reading.take = (bytes) => {
      const reply = replyAt(bytes, 0);
      if (!reply) return 0;
      const entries = (reply.value as Read).flatMap(([, each]) => each);
      read(entries.at(-1)![0]);
      for (const [, [, body]] of entries) traffic.arrived(markIn(body!), side);
      return reply.to;
    };
    read('0');
    return side;
  },
};
