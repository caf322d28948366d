import { expect, test } from 'vitest';
import { passphrase, TestHub } from '../support/hub';

async function codeFor(office: TestHub, name = 'Ana') {
  const boss = await office.supervisor('device-boss');
  const groups = [{ groupId: office.groupId, priority: 1 }];
  const { agentId } = boss.command({ op: 'agent.put', name, role: 'agent', capacity: 3, groups }).result;
  const { code, expiresAt } = boss.command({ op: 'agent.code', agentId }).result;
  boss.leave();
  return { agentId: agentId as string, code: code as string, expiresAt: expiresAt as number };
}

test('a one-time code signs a device in once, with a token that is kept as a hash only', async () => {
  const office = await TestHub.start();
  const { agentId, code, expiresAt } = await codeFor(office);
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  expect(expiresAt).toBe(office.clock.now() + 600_000);
  const typed = code.toLowerCase().replaceAll('-', ' ');
  const ana = await office.agentWith({ kind: 'code', code: typed }, 'ana');
  expect(ana.welcome).toMatchObject({ agentId, role: 'agent', mode: 'snapshot' });
  const { token } = ana.welcome;
  const again = await office.agentWith({ kind: 'code', code }, 'other');
  expect([again.closed, again.answer('hello').code]).toEqual(['signInRefused', 'wrongCode']);
  const back = await office.agentWith({ kind: 'token', token }, 'ana');
  expect(back.welcome).toMatchObject({ agentId, token: null });
  const disk = office.store.disk.lines.join('\n');
  for (const secret of [token, code, code.replaceAll('-', ''), passphrase]) expect(disk).not.toContain(secret);
  for (const secret of [token, code, passphrase]) expect(JSON.stringify(office.log)).not.toContain(secret);
});

test('a code ends after ten minutes', async () => {
  const office = await TestHub.start();
  const { code } = await codeFor(office);
  office.advance(600_000);
  const late = await office.agentWith({ kind: 'code', code }, 'ana');
  expect([late.closed, late.answer('hello').code]).toEqual(['signInRefused', 'codeExpired']);
});

test('five wrong tries burn a code, over a restart too', async () => {
  const office = await TestHub.start();
  const { code } = await codeFor(office);
  const wrong = `${code.slice(0, 5)}2222-2222`;
  const attempt = async (on: TestHub, typed: string, index: number) =>
    (await on.agentWith({ kind: 'code', code: typed }, 'ana', `10.0.0.${index}`)).answer('hello').code;
  for (let index = 0; index < 4; index += 1) expect(await attempt(office, wrong, index)).toBe('wrongCode');
  const next = await office.restart();
  expect(await attempt(next, wrong, 5)).toBe('wrongCode');
  expect(await attempt(next, code, 6)).toBe('wrongCode');
});

test('four wrong tries do not burn it', async () => {
  const office = await TestHub.start();
  const { code, agentId } = await codeFor(office);
  for (let index = 0; index < 4; index += 1)
    await office.agentWith({ kind: 'code', code: `${code.slice(0, 5)}2222-2222` }, 'ana', `10.0.0.${index}`);
  expect((await office.agentWith({ kind: 'code', code }, 'ana')).welcome.agentId).toBe(agentId);
});

test('wrong tries cost who made them a growing delay, and never for ever', async () => {
  const office = await TestHub.start();
  const attempt = async (typed: string, address = '127.0.0.1') => {
    const client = await office.agentWith({ kind: 'passphrase', passphrase: typed }, 'd', address);
    return client.answer('hello').code ?? client.frames.at(-1)?.type;
  };
  for (let turn = 0; turn < 3; turn += 1) expect(await attempt('wrong')).toBe('wrongPassphrase');
  expect(await attempt(passphrase)).toBe('tooManyTries');
  expect(await attempt(passphrase, '::1')).toBe('tooManyTries');
  expect(await attempt(passphrase, '192.0.2.8')).toBe('joinWaiting');
  office.advance(1_000);
  expect(await attempt('wrong')).toBe('wrongPassphrase');
  office.advance(1_000);
  expect(await attempt(passphrase)).toBe('tooManyTries');
  office.advance(1_000);
  expect(await attempt(passphrase)).toBe('caughtUp');
  expect(await attempt('wrong')).toBe('wrongPassphrase');
  expect(await attempt(passphrase)).toBe('caughtUp');
});

test('the delay never grows beyond a minute', async () => {
  const office = await TestHub.start();
  for (let turn = 0; turn < 20; turn += 1) {
    const client = await office.agentWith({ kind: 'passphrase', passphrase: 'wrong' }, 'd', 'a');
    expect(client.answer('hello').code).toBe('wrongPassphrase');
    office.advance(60_000);
  }
});

test('a wrong or revoked token is refused, without a delay for the address', async () => {
  const office = await TestHub.start();
  for (let turn = 0; turn < 10; turn += 1) {
    const client = await office.agentWith({ kind: 'token', token: 'x'.repeat(43) }, 'd');
    expect([client.closed, client.answer('hello').code]).toEqual(['signInRefused', 'unknownToken']);
  }
  expect((await office.supervisor()).welcome.role).toBe('supervisor');
});

test("a token works from its own device only, and a device id of somebody else's is refused", async () => {
  const office = await TestHub.start();
  const ana = await office.agent('Ana');
  const stolen = await office.agentWith({ kind: 'token', token: ana.welcome.token }, 'elsewhere');
  expect(stolen.closed).toBe('deviceInUse');
  const { code } = await codeFor(office, 'Ben');
  const ben = await office.agentWith({ kind: 'code', code }, 'device-Ana');
  expect(ben.closed).toBe('deviceInUse');
});

test('an unknown customer token makes a new customer, who sees nothing of anybody', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei', { text: 'secret' });
  const eve = await office.customer('Eve', null, { token: 'y'.repeat(43) });
  expect(eve.welcome.token).toEqual(expect.any(String));
  expect(eve.welcome.customerId).not.toBe(mei.welcome.customerId);
  expect(eve.events()).toEqual([]);
});

test('[ST5] a second sign-in of an agent takes over; routing does not notice', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const boss = await office.supervisor('device-boss');
  const { code } = boss.command({ op: 'agent.code', agentId: ana.welcome.agentId }).result;
  const second = await office.agentWith({ kind: 'code', code }, 'home');
  expect(ana.closed).toBe('takenOver');
  expect(second.conversation).toMatchObject({ stage: 'active', agentId: ana.welcome.agentId });
  expect(second.agentView(ana.welcome.agentId)).toMatchObject({ connected: true, status: 'online', devices: 2 });
  office.advance(120_000);
  expect(mei.conversation.stage).toBe('active');
});

test('one live session per device: the newer wins, and the older is told so', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const newer = await office.agentWith({ kind: 'token', token: ana.welcome.token }, ana.device);
  expect([ana.closed, newer.closed]).toEqual(['takenOver', null]);
  const mei = await office.customer('Mei');
  const again = await office.customer('Mei', null, { token: mei.welcome.token });
  const otherTab = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'other-tab' });
  expect([mei.closed, again.closed, otherTab.closed]).toEqual(['takenOver', null, null]);
  mei.clear();
  again.command({ op: 'message.send', text: 'still me' });
  expect([mei.frames, otherTab.said.at(-1)]).toEqual([[], 'still me']);
});

test('revoking or removing an agent closes their session at once', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const ben = await office.online('Ben');
  const boss = await office.supervisor();
  boss.command({ op: 'agent.revoke', agentId: ana.welcome.agentId });
  expect(ana.closed).toBe('tokenRevoked');
  const back = await office.agentWith({ kind: 'token', token: ana.welcome.token }, 'device-Ana');
  expect(back.answer('hello').code).toBe('unknownToken');
  boss.command({ op: 'agent.remove', agentId: ben.welcome.agentId });
  expect(ben.closed).toBe('tokenRevoked');
  expect(boss.events('agent.removed').map((event) => event.agentId)).toEqual([ben.welcome.agentId]);
  expect(boss.events('device.removed')).toHaveLength(2);
});

test('the last supervisor can be neither removed nor made an agent', async () => {
  const office = await TestHub.start();
  const boss = await office.supervisor();
  const { agentId } = boss.welcome;
  const demoted = { op: 'agent.put', agentId, name: 'Sam', role: 'agent', capacity: 1, groups: [] };
  expect(boss.command(demoted).code).toBe('lastSupervisor');
  expect(boss.command({ op: 'agent.remove', agentId }).code).toBe('lastSupervisor');
  await office.agent('Deputy', { role: 'supervisor' });
  const again = await office.supervisor();
  expect(again.command(demoted).type).toBe('ack');
  expect(again.command({ op: 'settings.update', settings: {} }).code).toBe('notAllowed');
});

test("the command line's secret may add agents and make codes, and nothing else", async () => {
  const office = await TestHub.start();
  const secret = 'local-secret-local-secret';
  const refusedBefore = await office.agentWith({ kind: 'local', secret }, 'cli');
  expect(refusedBefore.closed).toBe('signInRefused');
  office.hub.entrance.localSecret = secret;
  const cli = await office.agentWith({ kind: 'local', secret }, 'cli');
  const { agentId } = cli.command({ op: 'agent.put', name: 'Ana', role: 'agent', capacity: 1, groups: [] }).result;
  expect(cli.command({ op: 'agent.code', agentId }).result.code).toEqual(expect.any(String));
  for (const body of [
    { op: 'settings.update', settings: {} },
    { op: 'agent.remove', agentId },
    { op: 'office.put', name: 'X' },
  ])
    expect(cli.command(body).code).toBe('notAllowed');
  expect(cli.events('conversation.changed')).toEqual([]);
});
