import { afterEach, expect, test } from 'vitest';
import { createHandClock } from '../../main/hub/system/hand-clock';
import { isForbiddenAddress } from '../../main/hub/webhooks/forbidden-addresses';
import { type LookUp, postOver } from '../../main/hub/webhooks/post';
import { WebhookReceiver } from '../support/webhook-receiver';

const opened: WebhookReceiver[] = [];
afterEach(() => {
  for (const receiver of opened.splice(0)) receiver.close();
});

test.each([
  '169.254.169.254',
  '169.254.0.1',
  '169.254.255.255',
  '0.0.0.0',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'fd00:ec2::254',
  'fd20:ce::254',
  'ff02::1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::169.254.169.254',
  '2002:a9fe:a9fe::1',
  'not an address',
])('no webhook goes to %s', (address) => {
  expect(isForbiddenAddress(address)).toBe(true);
});

test.each([
  '10.0.0.7',
  '192.168.1.20',
  '172.16.0.1',
  '127.0.0.1',
  '::1',
  'fd12:3456::1',
  '8.8.8.8',
  '169.253.1.1',
  '169.255.1.1',
  '::ffff:10.0.0.7',
  '2001:db8::1',
])('a webhook may go to %s', (address) => {
  expect(isForbiddenAddress(address)).toBe(false);
});

/** A name that leads to these addresses, one list for each time it is asked. */
const leadingTo =
  (...answers: string[][]): LookUp =>
  (_name, _options, callback) => {
    const addresses = answers.shift() ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

async function open() {
  const receiver = await WebhookReceiver.open();
  opened.push(receiver);
  return receiver;
}

const body = '{}';

test('the addresses that were looked at are those that are connected to, and forbidden ones among them are not', async () => {
  const receiver = await open();
  const clock = createHandClock(0);
  // It would lead elsewhere if it were asked again.
  const post = postOver(clock, leadingTo(['169.254.169.254', '127.0.0.1'], ['169.254.169.254']));
  const url = `http://shop.example:${receiver.port}/`;
  expect(await post(url, {}, body).posted).toEqual({ status: 204, problem: null });
  expect(await post(url, {}, body).posted).toEqual({ status: null, problem: 'addressForbidden' });
  expect(receiver.received).toHaveLength(1);
});

test('two names are looked up at once, and the others in their turn, but those that nobody waits for', async () => {
  const receiver = await open();
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const slow: LookUp = (name, _options, callback) => {
    asked.push(name);
    const unknown = name === 'a.example' ? Object.assign(new Error(), { code: 'ENOTFOUND' }) : null;
    answers.push(() => callback(unknown, unknown ? [] : [{ address: '127.0.0.1', family: 4 }]));
  };
  const post = postOver(createHandClock(0), slow);
  const to = (name: string) => post(`http://${name}.example:${receiver.port}/`, {}, body);
  const posted = ['a', 'b'].map((name) => to(name).posted);
  const given = to('given-up');
  posted.push(...['c', 'd'].map((name) => to(name).posted));
  given.cancel();
  expect(asked).toEqual(['a.example', 'b.example']);
  answers[0]!();
  expect(asked).toEqual(['a.example', 'b.example', 'c.example']);
  answers[1]!();
  for (const answer of answers.slice(2)) answer();
  expect((await Promise.all(posted)).map(({ status, problem }) => status ?? problem)).toEqual([
    'nameUnknown',
    204,
    204,
    204,
  ]);
  expect(asked).toHaveLength(4);
});

test('an address in the URL is looked at as well', async () => {
  const post = postOver(createHandClock(0));
  for (const host of ['169.254.169.254', '[fe80::1]', '0xa9.0xfe.0xa9.0xfe', '2852039166'])
    expect(await post(`http://${host}/`, {}, body).posted).toEqual({ status: null, problem: 'addressForbidden' });
});

test('says why there was no answer', async () => {
  const clock = createHandClock(0);
  const receiver = await open();
  const unknown: LookUp = (_name, _options, callback) =>
    callback(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
  expect(await postOver(clock, unknown)('http://nobody.example/', {}, body).posted).toMatchObject({
    problem: 'nameUnknown',
  });
  receiver.answer = (_received, response) => void response.destroy();
  expect(await postOver(clock)(receiver.url, {}, body).posted).toMatchObject({ problem: 'cut' });
  // No TLS there.
  const secure = receiver.url.replace('http:', 'https:');
  expect(await postOver(clock)(secure, {}, body).posted).toMatchObject({ status: null, problem: 'certificate' });
});
