import { expect, test } from 'vitest';
import { type BeatingLine, beat, pingEveryMs } from '../../main/hub/listen/heartbeat';

function line(bufferedAmount: number): BeatingLine & { did: string[]; bufferedAmount: number } {
  const did: string[] = [];
  return {
    heardAt: 0,
    behindSince: null,
    bufferedAmount,
    did,
    ping: () => did.push('ping'),
    terminate: () => did.push('terminate'),
    closeTooSlow: () => did.push('tooSlow'),
  };
}

const KiB = 1024;

test('a line is asked every 15 s, and dead when it answers nothing for more than 40 s', () => {
  expect(pingEveryMs).toBe(15_000);
  const silent = line(0);
  for (const now of [15_000, 30_000, 40_000]) beat([silent], now);
  expect(silent.did).toEqual(['ping', 'ping', 'ping']);
  beat([silent], 40_001);
  expect(silent.did.at(-1)).toBe('terminate');
});

test('a reader more than 256 KiB behind for 30 s is cut off, one that catches up in between is not', () => {
  const slow = line(256 * KiB + 1);
  const bursty = line(300 * KiB);
  const full = line(256 * KiB);
  for (const now of [1_000, 16_000, 31_000]) {
    for (const each of [slow, bursty, full]) each.heardAt = now;
    bursty.bufferedAmount = now === 16_000 ? 0 : 300 * KiB;
    beat([slow, bursty, full], now);
  }
  expect(slow.did).toEqual(['ping', 'ping', 'tooSlow']);
  expect(bursty.did).toEqual(['ping', 'ping', 'ping']);
  expect(full.did).toEqual(['ping', 'ping', 'ping']);
});
