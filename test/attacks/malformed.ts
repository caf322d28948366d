import { closeCodes } from '../../shared/protocol/close-codes';
import { createRandom, type Random } from '../simulation/random';
import { type RawFrame, RawLine } from './raw-line';

const hello = {
  ...{ type: 'hello', proto: 1, since: null, lastN: 0, role: 'customer', token: null, language: 'en' },
  deviceId: 'eve',
};
const junk: readonly unknown[] = [null, true, -1, 1e308, '', '\0', [], {}, 'x'.repeat(300), '<script>', [[[{}]]]];

/** Frames that a hub must refuse, each malformed in a different way. */
/** The close codes for them; the last two are for a `hello`. */
export const malformedCloseCodes: readonly number[] = [
  closeCodes.badFrame,
  closeCodes.frameTooLarge,
  closeCodes.versionMismatch,
  closeCodes.signInRefused,
];

export function malformedFrame(random: Random): RawFrame {
  return random.pick([bytes, brokenText, wrongField, oddHead])(random);
}

function bytes(random: Random): RawFrame {
  const payload = Buffer.from(Array.from({ length: random.whole(1, 60) }, () => random.whole(0, 255)));
  return { opcode: random.whole(1, 2), payload };
}

/** A valid `hello` with one character removed, so that it does not parse or has another meaning. */
function brokenText(random: Random): RawFrame {
  const text = JSON.stringify({ ...hello, type: 'hallo' });
  const at = random.whole(0, text.length - 1);
  return { opcode: 1, payload: text.slice(0, at) + text.slice(at + random.whole(1, 5)) };
}

function wrongField(random: Random): RawFrame {
  const field = random.pick(['proto', 'role', 'lastN', 'since', 'language', 'deviceId', '__proto__', 'admin'] as const);
  const text = JSON.stringify({ ...hello, type: random.pick(['hello', 'command', 'welcome']) });
  const value = JSON.stringify(random.pick(junk));
  return { opcode: 1, payload: `${text.slice(0, -1)},"${field}":${value},"surely":"unknown"}` };
}

function oddHead(random: Random): RawFrame {
  return random.pick<RawFrame>([
    { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), payload: 'x' },
    { opcode: 1, reserved: random.whole(1, 7), payload: '{}' },
    { opcode: 1, masked: false, payload: '{}' },
    { opcode: 0, payload: '{}' },
    { opcode: 9, fin: false },
    { opcode: 8, payload: Buffer.from([random.whole(0, 2), random.whole(0, 255)]) },
    { opcode: 1, claimed: BigInt(random.whole(16_385, 2 ** 40)), payload: 'x' },
  ]);
}

/** Sends this many malformed frames, each over a new line, and counts the close codes. */
export async function sendMalformed(
  port: number,
  count: number,
  seed: number,
  connecting = RawLine.connect,
): Promise<Map<number | null, number>> {
  const random = createRandom(seed);
  const codes = new Map<number | null, number>();
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const frame = malformedFrame(random);
      const line = await RawLine.open(port, undefined, connecting);
      const code = await line.send(frame).closeCode();
      line.end();
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 32 }, work));
  return codes;
}
