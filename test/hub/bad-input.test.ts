import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

async function helloed(office: TestHub) {
  return office.customer('Mei', null);
}

test.each([
  ['not JSON', 'hello'],
  ['not an object', '[1,2]'],
  ['no type', '{}'],
  ['an unknown type', '{"type":"shout"}'],
  ['a command before hello', '{"type":"command","cid":"c","n":1,"op":"conversation.leave"}'],
  ['prototype keys', '{"type":"ping","__proto__":{"admin":true}}'],
  ['deep nesting', `{"type":${'['.repeat(40)}${']'.repeat(40)}}`],
])('a bad first frame closes with badFrame: %s', async (_what, text) => {
  const office = await TestHub.start();
  const client = office.connect('customer');
  client.raw(text);
  expect(client.closed).toBe('badFrame');
  expect((await office.customer('Li')).conversation.stage).toBe('waiting');
});

test.each([
  ['a field that is not known', { admin: true }, 'invalid', 'signInRefused'],
  ["an agent's fields at the customers' door", { role: 'agent' }, 'invalid', 'signInRefused'],
  ['a language there is not', { language: 'fr' }, 'invalid', 'signInRefused'],
  ['a field of a later version', { proto: 99, admin: true }, 'versionMismatch', 'versionMismatch'],
])('who says hello wrongly is told why, and not to come back by itself: %s', async (_what, odd, code, closed) => {
  const office = await TestHub.start();
  const client = office.connect('customer');
  const hello = { type: 'hello', proto: 1, deviceId: 'd', since: null, lastN: 0, role: 'customer', token: null };
  client.raw(JSON.stringify({ ...hello, language: 'en', ...odd }));
  expect(client.frames).toMatchObject([{ type: 'refused', cid: 'hello', code }]);
  expect(client.closed).toBe(closed);
});

test('a frame nested too deep and one with prototype keys are turned away before any schema looks at them', async () => {
  const office = await TestHub.start();
  office.connect('customer').raw(`{"type":${'['.repeat(17)}${']'.repeat(17)}}`);
  office.connect('customer').raw('{"type":"ping","deep":{"constructor":{}}}');
  expect(office.log.map((entry) => entry.detail.message)).toEqual(['nested deeper than 16', 'forbidden key']);
});

test('a second hello closes the line', async () => {
  const office = await TestHub.start();
  const client = await helloed(office);
  client.send({
    type: 'hello',
    proto: 1,
    deviceId: 'd',
    since: null,
    lastN: 0,
    role: 'customer',
    token: null,
    language: 'en',
  });
  expect(client.closed).toBe('badFrame');
});

test('no hello within five seconds closes the line', async () => {
  const office = await TestHub.start();
  const client = office.connect('agent');
  office.advance(4_999);
  expect(client.closed).toBe(null);
  office.advance(1);
  expect(client.closed).toBe('helloTimeout');
});

test('another version is told which side to update', async () => {
  const office = await TestHub.start();
  for (const [proto, side] of [
    [0, 'this client'],
    [3, 'the hub'],
  ] as const) {
    const client = office.connect('customer');
    client.send({
      type: 'hello',
      proto,
      deviceId: 'd',
      since: null,
      lastN: 0,
      role: 'customer',
      token: null,
      language: 'en',
    });
    expect(client.closed).toBe('versionMismatch');
    expect(client.answer('hello')).toMatchObject({
      code: 'versionMismatch',
      message: expect.stringContaining(`update ${side}`),
    });
  }
});

test('an unknown command, also one of the other role, is refused; the line stays', async () => {
  const office = await TestHub.start();
  const mei = await helloed(office);
  for (const op of ['make.coffee', 'settings.update', 'status.set'])
    expect(mei.command({ op, status: 'online', settings: {} })).toMatchObject({
      type: 'refused',
      code: 'unknownCommand',
    });
  expect(mei.closed).toBe(null);
  expect(mei.command({ op: 'conversation.open', name: 'Mei' }).type).toBe('ack');
});

test('a command with an unknown or wrong field is refused with the field', async () => {
  const office = await TestHub.start();
  const mei = await helloed(office);
  expect(mei.command({ op: 'conversation.open', name: '  ' })).toMatchObject({ code: 'invalid', field: 'name' });
  expect(mei.command({ op: 'conversation.open', name: 'Mei', priority: 0 })).toMatchObject({ code: 'invalid' });
  expect(mei.command({ op: 'message.send', text: 'x'.repeat(4_001) })).toMatchObject({
    code: 'invalid',
    field: 'text',
  });
  expect(office.hub.state.customers.size).toBe(0);
});

test('[SE2] settings out of range are refused with the field and the reason, and nothing changes', async () => {
  const office = await TestHub.start();
  const boss = await office.supervisor();
  const before = structuredClone(office.hub.state.routing.settings);
  const refusal = boss.command({
    op: 'settings.update',
    settings: { reception: { automatic: true, redirect: { enabled: true, afterSeconds: 9 } } },
  });
  expect(refusal).toMatchObject({ type: 'refused', code: 'settingInvalid', field: 'reception.redirect.afterSeconds' });
  expect(refusal.message).toMatch(/10 to 600/);
  expect(boss.command({ op: 'settings.update', settings: { reception: { nice: 1 } } })).toMatchObject({
    code: 'settingInvalid',
    field: 'reception.nice',
  });
  const group = boss.command({ op: 'group.put', name: 'Sales', settings: { presence: { offerGraceSeconds: 1 } } });
  expect(group).toMatchObject({ type: 'refused', code: 'settingInvalid' });
  expect(office.hub.state.routing.settings).toEqual(before);
  expect(boss.closed).toBe(null);
});

test('what does not exist is refused by name', async () => {
  const office = await TestHub.start();
  const boss = await office.supervisor();
  const codes = [
    { op: 'offer.accept', offerId: 'o99' },
    { op: 'conversation.claim', conversationId: 'nope' },
    { op: 'conversation.watch', conversationId: 'nope' },
    { op: 'agent.put', agentId: 'nope', name: 'X', role: 'agent', capacity: 1, groups: [] },
    { op: 'agent.put', name: 'X', role: 'agent', capacity: 1, groups: [{ groupId: 'nope', priority: 1 }] },
    { op: 'agent.code', agentId: 'nope' },
    { op: 'group.put', groupId: 'nope', name: 'X' },
  ].map((body) => boss.command(body).code);
  expect(codes).toEqual([
    'unknownOffer',
    'unknownConversation',
    'unknownConversation',
    'unknownAgent',
    'unknownGroup',
    'unknownAgent',
    'unknownGroup',
  ]);
});

test('too many frames at once close the line; a moment later a new one is welcome', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  for (let turn = 0; turn < 400 && mei.closed === null; turn += 1) mei.post({ op: 'message.send', text: 'spam' });
  expect(mei.closed).toBe('tooManyFrames');
  office.advance(2_000);
  const back = await office.customer('Mei', null, { token: mei.welcome.token });
  expect(back.command({ op: 'message.send', text: 'sorry' }).type).toBe('ack');
});

test('a reader that does not keep up is closed, and the others go on', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.buffered = 2 * 1024 * 1024;
  mei.command({ op: 'message.send', text: 'Hello?' });
  expect(ana.closed).toBe('tooSlow');
  expect(mei.command({ op: 'message.send', text: 'Still here' }).type).toBe('ack');
});

test('a closed conversation answers so, and a late end changes nothing', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  mei.command({ op: 'conversation.leave' });
  expect(mei.conversation).toMatchObject({ stage: 'closed', closedBy: 'customer' });
  expect(mei.command({ op: 'conversation.leave' }).code).toBe('conversationClosed');
  expect(mei.command({ op: 'message.send', text: 'one more' }).code).toBe('conversationClosed');
});
