import { expect, it } from 'vitest';
import { createTypingReceiver, createTypingSender } from '../../shared/client/typing';
import { typingEveryMs, typingGoneMs } from '../../shared/protocol/signals';
import { HandClock } from './wire';

it('tells that somebody types again every few seconds, and when nothing is left of it', () => {
  const clock = new HandClock();
  const sent: boolean[] = [];
  const sender = createTypingSender(clock, (on) => sent.push(on));
  sender.typed(true);
  expect(sent).toEqual([]);
  for (let ms = 0; ms < typingEveryMs; ms += 500) {
    sender.typed(false);
    clock.move(500);
  }
  expect(sent).toEqual([true]);
  sender.typed(false);
  expect(sent).toEqual([true, true]);
  sender.typed(true);
  sender.typed(true);
  expect(sent).toEqual([true, true, false]);
  // Said: the next word is news at once.
  sender.typed(false);
  sender.messageSent();
  sender.typed(false);
  expect(sent).toEqual([true, true, false, true, true]);
});

it('forgets what it heard when it does not come again', () => {
  const clock = new HandClock();
  const changes: boolean[] = [];
  const receiver = createTypingReceiver(clock, (on) => changes.push(on));
  receiver.received(false);
  receiver.received(true);
  clock.move(typingEveryMs);
  receiver.received(true);
  clock.move(typingGoneMs - 1);
  expect(changes).toEqual([true]);
  clock.move(1);
  expect(changes).toEqual([true, false]);
  receiver.received(true);
  receiver.received(false);
  clock.move(typingGoneMs);
  expect(changes).toEqual([true, false, true, false]);
});
