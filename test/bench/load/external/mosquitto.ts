import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyOf, type External, markIn, Stream, startServer } from './stream';

const kinds = { connect: 0x10, connected: 2, publish: 0x32, published: 3, acknowledge: 0x40, acknowledged: 4 };
const subscribe = { kind: 0x82, answer: 9 };
const idMax = 65_000;

function textOf(text: string): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(text.length);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
}

function packet(kind: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let left = body.length; length.length === 0 || left > 0; left = Math.floor(left / 128))
    length.push((left % 128) | (left >= 128 ? 128 : 0));
  return Buffer.concat([Buffer.from([kind, ...length]), body]);
}

/** The packet at `at`; null: it is not whole yet. */
function packetAt(bytes: Buffer, at: number): { kind: number; from: number; to: number } | null {
  let length = 0;
  let from = at + 1;
  for (let unit = 1; ; unit *= 128, from += 1) {
    if (from >= bytes.length) return null;
    length += (bytes[from]! & 127) * unit;
    if ((bytes[from]! & 128) === 0) break;
  }
  from += 1;
  return from + length > bytes.length ? null : { kind: bytes[at]! >> 4, from, to: from + length };
}

/** MQTT with QoS 1. Mosquitto saves when it pleases: it does not keep the hub's promise. */
export const mosquitto: External = {
  name: 'mosquitto, QoS 1 (not on disk first)',
  program: 'mosquitto',
  start: (folder) =>
    startServer('mosquitto', folder, (port) => {
      const config = join(folder, 'mosquitto.conf');
      const lines = ['allow_anonymous true', 'persistence true', `persistence_location ${folder}/`];
      const rest = ['max_queued_messages 0', 'set_tcp_nodelay true', 'user root', 'log_type none'];
      writeFileSync(config, `${[`listener ${port} 127.0.0.1`, ...lines, ...rest].join('\n')}\n`);
      return ['-c', config];
    }),
  async open(port, place, traffic) {
    const stream = await Stream.open(port);
    const marks = new Map<number, number>();
    let lastId = 0;
    const idBytes = (id: number) => Buffer.from([id >> 8, id & 255]);
    const side = {
      close: () => stream.close(),
      speak: (to: number, mark: number) => {
        lastId = (lastId % idMax) + 1;
        marks.set(lastId, mark);
        stream.write(packet(kinds.publish, textOf(`to/${to}`), idBytes(lastId), Buffer.from(bodyOf(mark), 'latin1')));
      },
    };
    const subscribed = new Promise<void>((resolve) => {
      stream.take = (bytes) => {
        let at = 0;
        for (let one = packetAt(bytes, at); one; one = packetAt(bytes, at)) {
          const { kind, from } = one;
          at = one.to;
          if (kind === kinds.connected)
            stream.write(packet(subscribe.kind, idBytes(1), textOf(`to/${place}`), Buffer.from([1])));
          else if (kind === subscribe.answer) resolve();
          else if (kind === kinds.acknowledged) {
            const id = bytes.readUInt16BE(from);
            traffic.acknowledged(marks.get(id)!);
            marks.delete(id);
          } else if (kind === kinds.published) {
            const idAt = from + 2 + bytes.readUInt16BE(from);
            stream.write(packet(kinds.acknowledge, bytes.subarray(idAt, idAt + 2)));
            traffic.arrived(markIn(bytes.toString('latin1', idAt + 2, one.to)), side);
          }
        }
        return at;
      };
    });
    stream.write(packet(kinds.connect, textOf('MQTT'), Buffer.from([4, 0, 0, 0]), textOf(`side-${place}`)));
    await subscribed;
    return side;
  },
};
