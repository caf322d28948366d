import { on, once } from 'node:events';
import { WebSocket } from 'ws';
import { messageTextMax, searchTextMax } from '../../../shared/protocol/limits';

const needle = 'invoice';
/** More messages than the hub holds in memory, so the first ones are on pages. */
const messagesEach = 450;

const filledWith = (part: string) => `${part.repeat(messageTextMax)}`.slice(0, messageTextMax - needle.length - 2);

/** Messages that a stranger writes to make searches slow. */
const hostile: Readonly<Record<string, string>> = {
  'marks of one kind': '\u0301',
  'marks out of order': '\u0301\u0327\u0316',
  'letters with many marks': 'a\u0301\u0327\u0316\u0323\u0302',
  'letters that fold to several': 'ế',
  'one sign for a sentence': '\ufdfa',
  'marks that are letters': '\uff9e\uff9f',
  'words of Greek': "Σ''''",
  'syllables of Korean': '각',
  'nothing but room': '.\t\u3000',
  'one letter': 'a',
};
/** A name of eighty characters, each with several readings. */
const hostileName = '单乐'.repeat(40);

/** An agent's queries, some of them pasted. */
const searched: Readonly<Record<string, string>> = {
  'a word that is there': needle,
  'a word that is nowhere': 'nowhere-at-all',
  marks: '\u0301\u0327\u0316'.repeat(searchTextMax / 4),
  'a word like the text': `${'a'.repeat(searchTextMax - 1)}b`,
  'a word of many syllables': 'an'.repeat(searchTextMax / 2),
  'many words': Array.from({ length: searchTextMax / 2 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join(' '),
  'many names': 'shantianfang danyue chanle wangxiaoming danledan yueshan tianfang lianlianlian',
};

/**
 * Runs all hostile searches while a stranger continuously pings the hub and loads a conversation's pages. Returns the
 * longest latency of either, in milliseconds.
 */
export async function searchHostile(
  { agentUrl, customerUrl }: { agentUrl: string; customerUrl: string },
  code: string,
  say: (line: string) => void,
): Promise<number> {
  const supervisor = await Speaker.open(agentUrl, { ...agent, auth: { kind: 'code', code } });
  for (const part of Object.values(hostile)) (await wrote(customerUrl, part)).socket.terminate();
  const reader = await wrote(customerUrl, 'and so on ');
  // Not measured: the first page also waits for its thread to start.
  await readBack(reader);
  const pings = new Waits(() => ping(reader.socket));
  const pages = new Waits(() => readBack(reader));
  let worstMs = 0;
  for (const [kind, text] of Object.entries(searched)) {
    const startedAt = performance.now();
    const { result } = await supervisor.command({ op: 'conversation.find', text, after: null, length: 50 });
    const tookMs = Math.round(performance.now() - startedAt);
    const [pingMs, pageMs] = [pings.takeLongestMs(), pages.takeLongestMs()];
    worstMs = Math.max(worstMs, pingMs, pageMs);
    say(`${kind}: ${result.found.length} found in ${tookMs} ms; the longest ping ${pingMs} ms, page ${pageMs} ms`);
  }
  await Promise.all([pings.end(), pages.end()]);
  for (const { socket } of [reader, supervisor]) socket.terminate();
  return worstMs;
}

/** A customer who has written a lot; the searched words are at the beginning. */
async function wrote(customerUrl: string, part: string): Promise<Speaker> {
  const writer = await Speaker.open(customerUrl, customer);
  await writer.command({ op: 'conversation.open', name: hostileName, text: `${needle} ${filledWith(part)}` });
  for (let sent = 0; sent < messagesEach; sent += 1)
    await writer.command({ op: 'message.send', text: filledWith(part) });
  return writer;
}

async function ping(socket: WebSocket): Promise<void> {
  socket.ping();
  await once(socket, 'pong');
}

/** Loads the page before the last one read, or the newest. */
async function readBack(reader: Speaker): Promise<void> {
  const { result } = await reader.command({ op: 'conversation.earlier', before: reader.before });
  reader.before = result.earlier ? result.messages[0].messageId : afterAll;
}

/** Comes after every message. */
const afterAll = '999999999999999.999999';
const agent = { role: 'agent', deviceId: 'searcher', deviceLabel: 'attack' };
const customer = { role: 'customer', deviceId: 'stranger', token: null, language: 'en' };

class Speaker {
  before = afterAll;
  private n = 0;

  private constructor(readonly socket: WebSocket) {}

  static async open(url: string, hello: object): Promise<Speaker> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'hello', proto: 1, since: null, lastN: 0, ...hello }));
    return new Speaker(socket);
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers of every kind
  async command(body: object): Promise<any> {
    this.n += 1;
    const cid = `c${this.n}`;
    this.socket.send(JSON.stringify({ type: 'command', cid, n: this.n, ...body }));
    for await (const [data] of on(this.socket, 'message')) {
      const frame = JSON.parse(String(data));
      if (frame.cid !== cid) continue;
      if (frame.type !== 'ack') throw new Error(`refused: ${frame.message}`);
      return frame;
    }
  }
}

/** Repeats `work` without a pause and measures how long it takes. */
class Waits {
  private longestMs = 0;
  private ended = false;
  private readonly over: Promise<void>;

  constructor(private readonly work: () => Promise<void>) {
    this.over = this.run();
  }

  /** The longest since the last call. */
  takeLongestMs(): number {
    const { longestMs } = this;
    this.longestMs = 0;
    return Math.round(longestMs);
  }

  end(): Promise<void> {
    this.ended = true;
    return this.over;
  }

  private async run() {
    while (!this.ended) {
      const startedAt = performance.now();
      await this.work();
      this.longestMs = Math.max(this.longestMs, performance.now() - startedAt);
    }
  }
}
