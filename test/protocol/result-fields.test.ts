import { expect, test } from 'vitest';
import * as z from 'zod';
import { answerOf } from '../../shared/client/answer';
import { agentResults } from '../../shared/protocol/agent-results';
import { customerResults } from '../../shared/protocol/customer-results';
import { resultFields } from '../../shared/protocol/result-fields';

/** The fields without which the schema refuses a result. */
const requiredOf = (results: typeof agentResults | typeof customerResults) =>
  Object.fromEntries(
    Object.entries(results).map(([op, { shape }]) => [
      op,
      Object.entries<z.ZodType>(shape).flatMap(([field, schema]) =>
        z.object({ [field]: schema }).safeParse({}).success ? [] : [field],
      ),
    ]),
  );

test('a client looks at exactly the fields that a result has to have', () => {
  expect(resultFields.agent).toEqual(requiredOf(agentResults));
  expect(resultFields.customer).toEqual(requiredOf(customerResults));
});

test('a result that lacks a field is not passed on; fields that are not known do no harm', () => {
  const ack = (result?: Record<string, unknown>) => ({ type: 'ack' as const, cid: 'a', seq: 1, result });
  const fields = ['messages', 'earlier'];
  const whole = { messages: [], earlier: false, later: 1 };
  expect(answerOf(ack(whole), fields)).toEqual({ ok: true, seq: 1, result: whole });
  expect(answerOf(ack({ messages: [] }), fields)).toEqual({ ok: true, seq: 1, result: undefined });
  expect(answerOf(ack(), fields)).toEqual({ ok: true, seq: 1, result: undefined });
  expect(answerOf(ack(), null)).toEqual({ ok: true, seq: 1, result: undefined });
});
