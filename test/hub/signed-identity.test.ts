import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { TestHub } from '../support/hub';

interface Fault {
  key?: string;
  sign?: object;
  change?: object;
  age?: number;
}

const hourMs = 3_600_000;

async function signingOffice() {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const make = () => sam.command({ op: 'identitySecret.make' });
  const { secretId, secret } = make().result;
  const sign = (fields: object = {}, key = secret) => {
    const identity = {
      id: 'c-17',
      name: 'Mei Chen',
      contact: 'mei@example.com',
      issuedAt: office.clock.now(),
      ...fields,
    };
    const text = `foyer.v1\n${identity.id}\n${identity.name}\n${identity.contact}\n${identity.issuedAt}`;
    return { ...identity, signature: createHmac('sha256', key).update(text).digest('hex') };
  };
  let browsers = 0;
  const visit = (identity: object | null, fields: object = {}) => {
    browsers += 1;
    const hello = { deviceId: `browser-${browsers}`, ...(identity === null ? {} : { identity }), ...fields };
    return office.customer('', null, hello);
  };
  return { office, sam, make, secretId, secret, sign, visit };
}

test('a signed customer is one customer in every browser, known by the name that was signed', async () => {
  const { sam, sign, visit } = await signingOffice();
  const first = await visit(sign());
  expect(first.welcome).toMatchObject({ identity: 'signed', customerName: 'Mei Chen' });
  expect(first.welcome.asks).toMatchObject({ name: 'off', contact: 'off' });
  // Not even by the wire can they call themselves anything else.
  expect(first.command({ op: 'conversation.open', name: 'The boss', text: 'Hello' }).type).toBe('ack');
  expect(sam.conversation).toMatchObject({
    customerName: 'Mei Chen',
    profile: { signedId: 'c-17', contact: 'mei@example.com' },
  });

  const second = await visit(sign({ name: 'Mei Li' }), { language: 'zh' });
  expect(second.welcome).toMatchObject({ customerId: first.welcome.customerId, token: first.welcome.token });
  expect(second.events('conversation.changed').at(-1).conversation.conversationId).toBe(
    sam.conversation.conversationId,
  );
  second.command({ op: 'message.send', text: 'From my phone' });
  expect(sam.conversation.customerName).toBe('Mei Li');
});

test('they come back by their token alone, over a restart, and when the signature has grown old', async () => {
  const { office, sign, visit } = await signingOffice();
  const identity = sign();
  const mei = await visit(identity);
  mei.command({ op: 'conversation.open', text: 'Hello' });
  const { customerId, token } = mei.welcome;
  const next = await office.restart();
  office.advance(25 * hourMs);
  const hello = { token, deviceId: 'browser-1' };
  expect((await next.customer('', null, hello)).welcome).toMatchObject({
    customerId,
    token: null,
    customerName: 'Mei Chen',
  });
  expect((await next.customer('', null, { ...hello, identity })).welcome).toMatchObject({
    customerId,
    identity: 'signed',
  });
});

describe('what does not hold leaves the customer who they are without it', () => {
  test.each([
    ['another key', { key: 'foyer_other' }, 'wrongSignature'],
    ['another name than was signed', { change: { name: 'Li Wang' } }, 'wrongSignature'],
    ['parts shifted over a line', { sign: { id: 'c', name: '17\nMei' } }, 'badFields'],
    ['a signature that is none', { change: { signature: 'zz' } }, 'wrongSignature'],
    ['no name', { sign: { name: ' ' } }, 'badFields'],
    ['a day old', { age: 24 * hourMs + 1 }, 'tooOld'],
    ['seconds for milliseconds', { sign: { issuedAt: 1_790_000_000 } }, 'tooOld'],
    ['from a clock that is ahead', { age: -5 * 60_000 - 1 }, 'tooEarly'],
  ])('%s', async (_name, { key, sign: fields = {}, change = {}, age = 0 }: Fault, answer) => {
    const { office, sign, visit } = await signingOffice();
    const own = await visit(null);
    own.command({ op: 'conversation.open', name: 'Ana', text: 'Hello' });
    const { token, customerId } = own.welcome;
    const identity = { ...sign({ issuedAt: office.clock.now() - age, ...fields }, key), ...change };
    const again = await visit(identity, { token });
    expect(again.welcome).toMatchObject({ identity: answer, customerId, customerName: 'Ana' });
    expect(office.hub.state.customers.get(customerId)?.signedId).toBeUndefined();
  });
});

test('two secrets are valid at a time; one that is removed is not believed any more, and the customer stays the same', async () => {
  const { sam, make, secretId, secret, sign, visit, office } = await signingOffice();
  const { customerId } = (await visit(sign())).welcome;
  const { result: next } = make();
  expect(make()).toMatchObject({ type: 'refused', code: 'tooManySecrets' });
  expect((await visit(sign({}, next.secret))).welcome.customerId).toBe(customerId);
  expect((await visit(sign({}, secret))).welcome.identity).toBe('signed');
  expect(sam.command({ op: 'identitySecret.remove', secretId }).type).toBe('ack');
  expect((await visit(sign({}, secret))).welcome.identity).toBe('wrongSignature');
  expect(sam.command({ op: 'identitySecret.remove', secretId })).toMatchObject({ code: 'unknownSecret' });
  expect(sam.events('office.changed').at(-1).office.identitySecrets).toMatchObject([{ secretId: next.secretId }]);

  const restarted = await office.restart();
  expect(
    (await restarted.customer('', null, { deviceId: 'late', identity: sign({}, next.secret) })).welcome.identity,
  ).toBe('signed');
});

test('a secret is told once: nobody else is told, and neither events nor the audit log have it', async () => {
  const { sam, secret } = await signingOffice();
  const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 5 })).result;
  expect(entries.map(({ action }: { action: string }) => action)).toContain('identitySecret.make');
  expect(JSON.stringify([entries, sam.events('office.changed')])).not.toContain(secret);
});
