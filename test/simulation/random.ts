/** A seeded generator (sfc32): the same seed gives the same numbers on every machine. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of the keys, with a probability in proportion to its weight. */
  weighted<K extends string>(weights: Record<K, number>): K;
  /** Exponentially distributed with this mean. */
  exponential(mean: number): number;
}

export function createRandom(seed: number): Random {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88 ^ Math.floor(seed / 0x1_0000_0000);
  let c = 0xb7e15162;
  let counter = 1;
  const bits = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  // Neighbouring seeds begin with similar numbers; a few rounds separate them.
  for (let round = 0; round < 16; round += 1) bits();
  const next = () => bits() / 0x1_0000_0000;
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new Error('nothing to pick from');
      return items[whole(0, items.length - 1)]!;
    },
    weighted: (weights) => {
      let sum = 0;
      for (const key in weights) sum += weights[key];
      let left = next() * sum;
      let last: keyof typeof weights | undefined;
      for (const key in weights) {
        last = key;
        left -= weights[key];
        if (left < 0) break;
      }
      return last!;
    },
    exponential: (mean) => -mean * Math.log(1 - next()),
  };
}
