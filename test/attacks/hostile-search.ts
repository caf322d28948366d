import { on, once } from 'node:events';
import { WebSocket } from 'ws';
import { messageTextMax, protocolVersion } from '../../shared/protocol/fields';
import { searchTextMax } from '../../shared/protocol/history';

const needle = 'invoice';
const messagesEach = 300;

const filledWith = (part: string) => `${part.repeat(messageTextMax)}`.slice(0, messageTextMax - needle.length - 2);

/** What a stranger writes to make a search slow. */
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
/** Of eighty characters, each with several readings. */
const hostileName = '单乐'.repeat(40);

/** What an agent looks for, some of it pasted. */
const searched: Readonly<Record<string, string>> = {
  'a word that is there': needle,
  'a word that is nowhere': 'nowhere-at-all',
  marks: '\u0301\u0327\u0316'.repeat(searchTextMax / 4),
  'a word like the text': `${'a'.repeat(searchTextMax - 1)}b`,
  'a word of many syllables': 'an'.repeat(searchTextMax / 2),
  'many words': Array.from({ length: searchTextMax / 2 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join(' '),
  'many names': 'shantianfang danyue chanle wangxiaoming danledan yueshan tianfang lianlianlian',
};

/** Searches everything hostile, while a stranger pings the hub without a pause. Gives the longest ping. */
export async function searchHostile(
  { agentUrl, customerUrl }: { agentUrl: string; customerUrl: string },
  code: string,
  say: (line: string) => void,
): Promise<number> {
  const supervisor = await Speaker.open(agentUrl, { ...agent, auth: { kind: 'code', code } });
  for (const part of Object.values(hostile)) {
    const writer = await Speaker.open(customerUrl, customer);
    await writer.command({ op: 'conversation.open', name: hostileName });
    for (let sent = 1; sent < messagesEach; sent += 1)
      await writer.command({ op: 'message.send', text: filledWith(part) });
    await writer.command({ op: 'message.send', text: `${filledWith(part)} ${needle}` });
    writer.socket.terminate();
  }
  const stranger = await Speaker.open(customerUrl, customer);
  const pings = new Pings(stranger.socket);
  for (const [kind, text] of Object.entries(searched)) {
    pings.longestMs = 0;
    const startedAt = performance.now();
    const { result } = await supervisor.command({ op: 'conversation.find', text, after: null, length: 50 });
    const tookMs = Math.round(performance.now() - startedAt);
    say(
      `searching ${kind}: ${result.found.length} found in ${tookMs} ms, the longest ping ${Math.round(pings.longestMs)} ms`,
    );
    pings.worstMs = Math.max(pings.worstMs, pings.longestMs);
  }
  stranger.socket.terminate();
  supervisor.socket.terminate();
  return pings.worstMs;
}

const agent = { role: 'agent', deviceId: 'searcher', deviceLabel: 'attack' };
const customer = { role: 'customer', deviceId: 'stranger', token: null, language: 'en' };

class Speaker {
  private n = 0;

  private constructor(readonly socket: WebSocket) {}

  static async open(url: string, hello: object): Promise<Speaker> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'hello', proto: protocolVersion, since: null, lastN: 0, ...hello }));
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

/** One after the other, so that one is always under way. */
class Pings {
  longestMs = 0;
  worstMs = 0;
  private sentAt = 0;

  constructor(private readonly socket: WebSocket) {
    socket.on('pong', () => {
      this.longestMs = Math.max(this.longestMs, performance.now() - this.sentAt);
      this.next();
    });
    this.next();
  }

  private next() {
    this.sentAt = performance.now();
    this.socket.ping();
  }
}
