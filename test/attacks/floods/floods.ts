import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Stranger } from './stranger';
import { upload, type Way } from './way';

export interface Tally {
  tries: number;
  done: number;
  refused: number;
}

interface Attack {
  way: Way;
  /** The attacker's next address; all belong to one person or one network. */
  address(): string;
  until: number;
  tally: Tally;
}

/** One round of one worker: as much as one line allows. */
type Round = (attack: Attack) => Promise<void>;

const words = '报'.repeat(4_000);

/** Every way in which a stranger can flood the hub. */
export const floods: Readonly<Record<string, Round>> = {
  async lines({ way, address, tally }) {
    tally.tries += 1;
    const line = await Stranger.line(way, address());
    if (line) tally.done += 1;
    line?.drop();
    await line?.gone;
  },
  async hellos(attack) {
    const line = await greeted(attack);
    line?.drop();
    await line?.gone;
  },
  async opens(attack) {
    const line = await greeted(attack);
    if (!line) return;
    await tried(attack, line, { op: 'conversation.open', name: 'Eve', text: words });
    line.drop();
    await line.gone;
  },
  async messages(attack) {
    await pipelined(attack, { op: 'message.send', text: words }, async (line) => {
      await tried(attack, line, { op: 'conversation.open', name: 'Eve' });
    });
  },
  async leftMessages(attack) {
    const line = await greeted(attack);
    if (!line) return;
    for (let count = 0; count < 5 && !line.closed; count += 1)
      await tried(attack, line, { op: 'message.leave', name: 'Eve', contact: 'eve@example.com', text: words });
    line.drop();
    await line.gone;
  },
  async refusedCommands(attack) {
    await pipelined(attack, { op: 'message.send', text: 'nobody hears this' });
  },
  async uploads(attack) {
    const line = await greeted(attack);
    if (!line) return;
    await tried(attack, line, { op: 'conversation.open', name: 'Eve' });
    for (let strikes = 0; strikes < 3 && !line.closed && performance.now() < attack.until; ) {
      const size = 1024 ** 2;
      attack.tally.tries += 1;
      const status = await upload(attack.way, attack.address(), { token: line.token!, bytes: size }, (request) =>
        request.end(randomBytes(size / 2).toString('hex')),
      );
      if (status === 201) attack.tally.done += 1;
      else strikes += 1;
    }
    line.drop();
    await line.gone;
  },
  async slowUploads(attack) {
    const line = await greeted(attack);
    if (!line) return;
    await tried(attack, line, { op: 'conversation.open', name: 'Eve' });
    attack.tally.tries += 1;
    await upload(attack.way, attack.address(), { token: line.token!, bytes: 1024 ** 2 }, (request) => {
      request.write('x');
      const drip = setInterval(() => request.write('x'), 1_000);
      request.once('close', () => clearInterval(drip));
      setTimeout(() => request.destroy(), Math.max(0, attack.until - performance.now()));
    });
    line.drop();
    await line.gone;
  },
};

/** Runs workers in closed loops: at most `workers` lines at once, with a short pause after each refused one. */
export async function attack(flood: string, workers: number, attack: Attack): Promise<void> {
  const round = floods[flood];
  if (!round) throw new Error(`there is no flood ${flood}`);
  const work = async () => {
    while (performance.now() < attack.until) {
      const before = attack.tally.done;
      await round(attack);
      if (attack.tally.done === before) await sleep(5);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function greeted({ way, address, tally }: Attack): Promise<Stranger | null> {
  tally.tries += 1;
  const line = await Stranger.hello(way, address());
  if (line) tally.done += 1;
  else tally.refused += 1;
  return line;
}

async function tried({ tally }: Attack, line: Stranger, body: object): Promise<void> {
  tally.tries += 1;
  const answer = await line.command(body);
  if (answer?.type === 'ack') tally.done += 1;
  else tally.refused += 1;
}

/** Sends as fast as a line takes it, ignoring the answers, until it is closed. */
async function pipelined(attack: Attack, body: object, begin?: (line: Stranger) => Promise<void>): Promise<void> {
  const line = await greeted(attack);
  if (!line) return;
  await begin?.(line);
  const windowMax = 16;
  let [posted, answered] = [0, line.acked + line.refused];
  const [acked, refused] = [line.acked, line.refused];
  while (!line.closed && performance.now() < attack.until) {
    for (; posted - (line.acked + line.refused - answered) < windowMax; posted += 1) line.post(body);
    await line.until((frame) => frame.type === 'ack' || frame.type === 'refused');
  }
  answered = line.acked + line.refused;
  attack.tally.tries += posted;
  attack.tally.done += line.acked - acked;
  attack.tally.refused += line.refused - refused;
  line.drop();
  await line.gone;
}
