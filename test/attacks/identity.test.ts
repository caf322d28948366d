import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { defaultLimits, type HubLimits } from '../../main/hub/limits';
import { loopbackOnly } from '../../main/hub/listen/proxy-view';
import { passphrase } from '../support/hub';
import { agent, speak } from './speak';
import { openTarget } from './target';

/** Whoever is not who they say: signatures that are forged, replayed, stolen or bent, over real sockets. */

const hourMs = 3_600_000;

interface Parts {
  id: string;
  name: string;
  contact: string;
  issuedAt: number;
}

const signed = (secret: string, parts: Parts, text = canonical(parts)) => ({
  ...parts,
  signature: createHmac('sha256', secret).update(text).digest('hex'),
});
const canonical = ({ id, name, contact, issuedAt }: Parts) => ['foyer.v1', id, name, contact, issuedAt].join('\n');

async function signingOffice(limits: Partial<HubLimits> = {}, seed = 1) {
  const target = await openTarget(limits, loopbackOnly, seed);
  const { ports, clock } = target;
  const sam = await speak(`ws://127.0.0.1:${ports.agent}/ws`, agent({ kind: 'passphrase', passphrase }, 'sam'));
  await sam.until(({ type }) => type === 'caughtUp');
  const { secret, secretId } = (await sam.command({ op: 'identitySecret.make' })).result;
  let tabs = 0;
  const visit = async (fields: object) => {
    tabs += 1;
    const hello = { role: 'customer', token: null, language: 'en', deviceId: `tab-${tabs}`, ...fields };
    const line = await speak(`ws://127.0.0.1:${ports.customer}/ws`, hello);
    return { line, welcome: await line.until(({ type }) => type === 'welcome' || type === 'refused') };
  };
  const mei: Parts = { id: 'c-17', name: 'Mei Chen', contact: 'mei@example.com', issuedAt: clock.now() };
  const first = await visit({ identity: signed(secret, mei) });
  await first.line.command({ op: 'conversation.open', text: 'my private words' });
  expect(first.welcome.identity).toBe('signed');
  return {
    target,
    clock,
    sam,
    secret: secret as string,
    secretId,
    visit,
    mei,
    meiId: first.welcome.customerId as string,
  };
}

type Office = Awaited<ReturnType<typeof signingOffice>>;

/** What somebody brings who wants to be Mei. */
const forged: Record<string, (office: Office) => object | Promise<object>> = {
  'a signature kept for a day and a moment': ({ secret, mei, clock }) => {
    clock.advance(24 * hourMs + 1);
    return signed(secret, mei);
  },
  'a signature from tomorrow': ({ secret, mei, clock }) =>
    signed(secret, { ...mei, issuedAt: clock.now() + 24 * hourMs }),
  'the same with the time set to now': ({ secret, mei, clock }) => {
    clock.advance(25 * hourMs);
    return { ...signed(secret, mei), issuedAt: clock.now() };
  },
  'a secret of another office': async ({ mei }) => {
    const other = await signingOffice({}, 2);
    return signed(other.secret, mei);
  },
  'a secret that was rotated out': async ({ secret, secretId, mei, sam }) => {
    await sam.command({ op: 'identitySecret.make' });
    await sam.command({ op: 'identitySecret.remove', secretId });
    return signed(secret, mei);
  },
  'no secret at all': ({ mei }) => signed('', mei),
  'another name': ({ secret, mei }) => ({ ...signed(secret, mei), name: 'The boss' }),
  'another contact': ({ secret, mei }) => ({ ...signed(secret, mei), contact: 'eve@example.com' }),
  'name and contact swapped': ({ secret, mei }) => ({ ...signed(secret, mei), name: mei.contact, contact: mei.name }),
  'her id below a signature of one’s own': ({ secret, mei }) => ({
    ...signed(secret, { ...mei, id: 'c-66' }),
    id: 'c-17',
  }),
  'a line break that moves a part': ({ secret, mei }) => ({
    ...signed(secret, { ...mei, id: 'c-17', name: 'Mei Chen\nmei@example.com', contact: '' }, canonical(mei)),
  }),
  'a carriage return in the id': ({ secret, mei }) => signed(secret, { ...mei, id: 'c-17\r' }),
  'half a character, which other text has the bytes of': ({ secret, mei }) =>
    signed(secret, { ...mei, id: 'c-17\ud800' }),
  'a name that is nothing': ({ secret, mei }) => signed(secret, { ...mei, name: '\u200b\u202e' }),
  'a signature of the text without its heading': ({ secret, mei }) =>
    signed(secret, mei, canonical(mei).slice('foyer.v1\n'.length)),
  'a signature of another version': ({ secret, mei }) => signed(secret, mei, canonical(mei).replace('v1', 'v2')),
  'a signature cut short': ({ secret, mei }) => ({
    ...signed(secret, mei),
    signature: signed(secret, mei).signature.slice(0, 62),
  }),
  'a signature of zeros': ({ secret, mei }) => ({ ...signed(secret, mei), signature: '0'.repeat(64) }),
  'no signature': ({ secret, mei }) => ({ ...signed(secret, mei), signature: '' }),
};

test.each(Object.entries(forged))('%s makes nobody Mei, and locks nobody out', async (_name, forge) => {
  const office = await signingOffice();
  const identity = await forge(office);
  const { line, welcome } = await office.visit({ identity });
  expect(welcome.type).toBe('welcome');
  expect(welcome.identity).not.toBe('signed');
  expect(welcome.customerId).not.toBe(office.meiId);
  await line.until(({ type }) => type === 'caughtUp');
  expect(JSON.stringify(line.frames)).not.toContain('private');
  expect((await line.command({ op: 'conversation.open', name: 'Eve' })).type).toBe('ack');
});

test.each([
  ['a time that is text', { issuedAt: '1800000000000' }],
  ['a time in parts of a millisecond', { issuedAt: 1_800_000_000_000.5 }],
  ['an id that is a list', { id: ['c-17'] }],
  ['a part more', { role: 'supervisor' }],
  ['an id without end', { id: 'c'.repeat(10_000) }],
])('%s is no identity: the hello is refused', async (_name, change) => {
  const { visit, secret, mei } = await signingOffice();
  const { welcome } = await visit({ identity: { ...signed(secret, mei), ...change } });
  expect(welcome).toMatchObject({ type: 'refused', cid: 'hello', code: 'invalid' });
});

test('replayed while it holds it gives the customer whom it is about; another name with it is not believed', async () => {
  const { visit, secret, mei, meiId, clock } = await signingOffice();
  clock.advance(23 * hourMs);
  const { welcome } = await visit({ identity: signed(secret, mei) });
  expect(welcome).toMatchObject({ identity: 'signed', customerId: meiId });
  const wrong = { ...signed(secret, mei), name: 'The boss' };
  const { welcome: again } = await visit({ identity: wrong, token: welcome.token });
  expect(again).toMatchObject({ identity: 'wrongSignature', customerName: 'Mei Chen' });
});

test('a flood of forged signatures is counted like any hello, and leaves no record', async () => {
  const { customer } = defaultLimits.budgets;
  const hellos = { address: { burst: 10, perSecond: 0.001 } };
  const office = await signingOffice({ budgets: { ...defaultLimits.budgets, customer: { ...customer, hellos } } });
  const { target, visit, secret, mei } = office;
  const { seq } = target.hub.state;
  const codes: string[] = [];
  for (let tries = 0; tries < 12; tries += 1) {
    const { line, welcome } = await visit({ identity: { ...signed(secret, mei), signature: 'f'.repeat(64) } });
    codes.push(welcome.code ?? welcome.identity);
    line.end();
  }
  // Mei's own visit was the first.
  expect(codes).toEqual([...Array(9).fill('wrongSignature'), ...Array(3).fill('tooManyLines')]);
  // One note for the audit log.
  expect(target.hub.state.seq - seq).toBeLessThanOrEqual(1);
});
