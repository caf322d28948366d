import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyOf, type External, markIn, type Side, Stream, startServer } from './stream';

const nothing = () => undefined;

type Heard = (subject: string, body: string) => void;

/** A connection that has subscribed to these subjects. */
async function connected(port: number, subjects: string[], heard: Heard): Promise<Stream> {
  const stream = await Stream.open(port);
  const ready = new Promise<void>((resolve) => {
    stream.take = (bytes) => {
      let at = 0;
      for (let end = bytes.indexOf('\r\n', at); end !== -1; end = bytes.indexOf('\r\n', at)) {
        const line = bytes.toString('latin1', at, end);
        if (line.startsWith('MSG ')) {
          const words = line.split(' ');
          const from = end + 2;
          const to = from + Number(words.at(-1));
          if (bytes.length < to + 2) break;
          heard(words[1]!, bytes.toString('latin1', from, to));
          at = to + 2;
          continue;
        }
        if (line === 'PING') stream.write('PONG\r\n');
        else if (line === 'PONG') resolve();
        else if (line.startsWith('-ERR')) throw new Error(`NATS said ${line}`);
        at = end + 2;
      }
      return at;
    };
  });
  stream.write('CONNECT {"verbose":false,"pedantic":false,"echo":true,"headers":false}\r\n');
  for (const [index, subject] of subjects.entries()) stream.write(`SUB ${subject} ${index + 1}\r\n`);
  stream.write('PING\r\n');
  await ready;
  return stream;
}

function publish(stream: Stream, subject: string, answerTo: string, body: string): void {
  stream.write(`PUB ${subject} ${answerTo} ${body.length}\r\n${body}\r\n`);
}

/** Asks JetStream for something and waits until it is made. */
async function ask(port: number, subject: string, body: object): Promise<void> {
  let answered: Heard = () => undefined;
  const answer = new Promise<string>((resolve) => {
    answered = (_, text) => resolve(text);
  });
  const stream = await connected(port, ['answer.>'], answered);
  publish(stream, subject, 'answer.one', JSON.stringify(body));
  const { error } = JSON.parse(await answer);
  stream.close();
  if (error) throw new Error(`NATS said ${JSON.stringify(error)}`);
}

/** JetStream in a file: one durable consumer a side. It syncs every two minutes: a power cut takes what came since. */
export const nats: External = {
  name: 'NATS JetStream (not synced)',
  program: 'nats-server',
  start: (folder) =>
    startServer('nats-server', folder, (port) => {
      const config = join(folder, 'nats.conf');
      writeFileSync(config, `listen: 127.0.0.1:${port}\njetstream { store_dir: "${join(folder, 'store')}" }\n`);
      return ['-c', config];
    }),
  async open(port, place, traffic) {
    if (place === 0) {
      const stream = { name: 'chat', subjects: ['to.*'], storage: 'file', retention: 'limits', num_replicas: 1 };
      await ask(port, '$JS.API.STREAM.CREATE.chat', stream);
    }
    let side: Side = { close: nothing, speak: nothing };
    const stream = await connected(port, [`delivered.${place}`, `stored.${place}.*`], (subject, body) => {
      if (subject.startsWith('to.')) traffic.arrived(markIn(body), side);
      else if (body.includes('"error"')) throw new Error(`NATS said ${body}`);
      else traffic.acknowledged(Number(subject.slice(subject.lastIndexOf('.') + 1)));
    });
    side = {
      close: () => stream.close(),
      speak: (to, mark) => publish(stream, `to.${to}`, `stored.${place}.${mark}`, bodyOf(mark)),
    };
    const name = `side-${place}`;
    const config = {
      ...{ durable_name: name, filter_subject: `to.${place}`, deliver_subject: `delivered.${place}` },
      ...{ ack_policy: 'none', deliver_policy: 'new', replay_policy: 'instant' },
    };
    await ask(port, `$JS.API.CONSUMER.DURABLE.CREATE.chat.${name}`, { stream_name: 'chat', config });
    return side;
  },
};
