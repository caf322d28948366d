import { expect, it } from 'vitest';
import { createTypingEar, createTypingTeller } from '../../shared/client/typing';
import { typingEveryMs, typingGoneMs } from '../../shared/protocol/signals';
import { HandClock } from './wire';

it('tells that somebody types again every few seconds, and when nothing is left of it', () => {
  const clock = new HandClock();
  const told: boolean[] = [];
  const teller = createTypingTeller(clock, (on) => told.push(on));
  teller.typed(true);
  expect(told).toEqual([]);
  for (let ms = 0; ms < typingEveryMs; ms += 500) {
    teller.typed(false);
    clock.move(500);
  }
  expect(told).toEqual([true]);
  teller.typed(false);
  expect(told).toEqual([true, true]);
  teller.typed(true);
  teller.typed(true);
  expect(told).toEqual([true, true, false]);
  // Said: the next word is news at once.
  teller.typed(false);
  teller.said();
  teller.typed(false);
  expect(told).toEqual([true, true, false, true, true]);
});

it('forgets what it heard when it does not come again', () => {
  const clock = new HandClock();
  const changes: boolean[] = [];
  const ear = createTypingEar(clock, (on) => changes.push(on));
  ear.heard(false);
  ear.heard(true);
  clock.move(typingEveryMs);
  ear.heard(true);
  clock.move(typingGoneMs - 1);
  expect(changes).toEqual([true]);
  clock.move(1);
  expect(changes).toEqual([true, false]);
  ear.heard(true);
  ear.heard(false);
  clock.move(typingGoneMs);
  expect(changes).toEqual([true, false, true, false]);
});
