import { expect, test } from 'vitest';
import { unlimited } from '../support/unlimited';
import { malformedCloseCodes, sendMalformed } from './malformed';
import { openTarget, stillServes } from './target';

const count = 10_000;

test(`${count} malformed frames: each closes its line with a name, and the hub goes on`, async () => {
  const target = await openTarget(unlimited);
  const codes = await sendMalformed(target.ports.customer, count, 1);
  expect([...codes.keys()].sort()).toEqual(malformedCloseCodes);
  expect([...codes.values()].reduce((sum, each) => sum + each, 0)).toBe(count);
  expect(target.hub.state.seq).toBeLessThan(10);
  await stillServes(target);
}, 120_000);
