import { expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { TestHub } from '../support/hub';

/** An office in which a customer may say so much at once, and one thing a second. */
async function talking(burst: number) {
  const { customer } = defaultLimits.budgets;
  const commands = { person: { burst, perSecond: 1 } };
  const office = await TestHub.start({
    limits: { budgets: { ...defaultLimits.budgets, customer: { ...customer, commands } } },
  });
  const mei = await office.customer('Mei');
  const say = (n: number) => {
    const command = { cid: `c${n}`, n, op: 'message.send', text: `words ${n}` };
    return mei.repeat(command);
  };
  return { office, say };
}

test('what came too fast is taken in its order, however late it comes again', async () => {
  const { office, say } = await talking(3);
  const codes = (...numbers: number[]) => numbers.map((n) => say(n).code ?? 'taken');
  expect(codes(2, 3, 4, 5)).toEqual(['taken', 'taken', 'rateLimited', 'rateLimited']);
  // What was on its way meanwhile arrives when there is room again, before the first that was refused.
  office.advance(3_000);
  expect(codes(6, 7, 5)).toEqual(['rateLimited', 'rateLimited', 'rateLimited']);
  office.advance(1_000);
  expect(codes(4, 5, 6, 7)).toEqual(['taken', 'taken', 'taken', 'rateLimited']);
  office.advance(1_000);
  expect(codes(7)).toEqual(['taken']);
});

test('one that never comes again holds up nobody for ever', async () => {
  const { office, say } = await talking(2);
  expect([say(2).type, say(3).code]).toEqual(['ack', 'rateLimited']);
  office.advance(10_000);
  expect(say(4).code).toBe('rateLimited');
  office.advance(15_000);
  expect(say(4).type).toBe('ack');
});
