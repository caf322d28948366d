import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { watchSleep } from '../../main/desktop/watch-sleep';

test('[TM1] says how long the machine slept, once each time', () => {
  const power = new EventEmitter();
  const said: number[] = [];
  let now = 1_000;
  watchSleep(
    power,
    () => now,
    (sleptMs) => said.push(sleptMs),
  );
  power.emit('resume');
  power.emit('suspend');
  now += 90_000;
  power.emit('resume');
  power.emit('resume');
  expect(said).toEqual([90_000]);
  power.emit('suspend');
  now += 5_000;
  power.emit('resume');
  expect(said).toEqual([90_000, 5_000]);
});
