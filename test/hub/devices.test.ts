import { expect, test } from 'vitest';
import { type TestClient, TestHub } from '../support/hub';

/** Ana has a laptop in use and a phone that she is not at. */
async function twoDevices() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const boss = await office.supervisor();
  const { code } = boss.command({ op: 'agent.code', agentId: ana.welcome.agentId }).result;
  const phone = await office.agentWith({ kind: 'code', code }, 'phone-of-ana');
  const again = { kind: 'token', token: ana.welcome.token };
  const laptop = await office.agentWith(again, ana.device);
  return { office, boss, laptop, phone };
}

const devicesOf = (office: TestHub) => [...office.hub.state.config.devices.keys()].sort();

test('one device is signed out at once, with its live session; the others stay', async () => {
  const { office, boss, laptop, phone } = await twoDevices();
  expect(boss.command({ op: 'device.revoke', deviceId: 'phone-of-ana' })).toMatchObject({ type: 'ack' });
  expect(laptop.closed).toBeNull();
  expect(devicesOf(office)).not.toContain('phone-of-ana');
  const back = await office.agentWith({ kind: 'token', token: phone.welcome.token }, 'phone-of-ana');
  expect(back.closed).not.toBeNull();
  expect(laptop.closed).toBeNull();
  boss.command({ op: 'device.revoke', deviceId: laptop.device });
  expect(laptop.closed).toBe('tokenRevoked');
  expect(office.violations()).toEqual([]);
});

test('supervisors see it gone, it is audited by name and device, and not done twice', async () => {
  const { boss } = await twoDevices();
  boss.command({ op: 'device.revoke', deviceId: 'phone-of-ana' });
  expect(boss.events('device.removed').at(-1)).toMatchObject({ deviceId: 'phone-of-ana' });
  const { entries } = (await boss.asked({ op: 'audit.list', before: null, length: 1 })).result;
  expect(entries[0]).toMatchObject({
    action: 'device.revoke',
    subject: 'Ana',
    changes: [{ field: 'device', before: 'test', after: null }],
  });
  expect(boss.command({ op: 'device.revoke', deviceId: 'phone-of-ana' })).toMatchObject({ code: 'unknownDevice' });
});

test('it is still signed out after the hub was killed', async () => {
  const { office, boss, phone } = await twoDevices();
  boss.command({ op: 'device.revoke', deviceId: 'phone-of-ana' });
  const next = await office.restart();
  const back = await next.agentWith({ kind: 'token', token: phone.welcome.token }, 'phone-of-ana');
  expect(back.welcome).toEqual({});
  expect(back.closed).not.toBeNull();
});

test('everybody sees their own devices and ends them; nobody else’s', async () => {
  const { office, boss, laptop } = await twoDevices();
  const shown = (client: TestClient) => client.events('device.changed').map(({ device }) => device.deviceId);
  expect(shown(laptop)).toEqual(['device-Ana', 'phone-of-ana']);
  expect(shown(laptop)).not.toContain('device-sam');
  expect(laptop.command({ op: 'device.revoke', deviceId: boss.device })).toMatchObject({ code: 'notAllowed' });
  expect(laptop.command({ op: 'device.revoke', deviceId: 'phone-of-ana' })).toMatchObject({ type: 'ack' });
  expect(laptop.events('device.removed').map(({ deviceId }) => deviceId)).toEqual(['phone-of-ana']);
  // Signing out is ending the one that one is on: its token is worth nothing any more.
  expect(laptop.command({ op: 'device.revoke', deviceId: laptop.device })).toMatchObject({ type: 'ack' });
  const back = await office.agentWith({ kind: 'token', token: laptop.welcome.token }, laptop.device);
  expect(back.welcome).toEqual({});
});

const dayMs = 24 * 60 * 60_000;

/** Day after day, with somebody at work: a longer rest is a jump of the date. */
function live(office: TestHub, days: number) {
  for (let day = 0; day < days; day += 1) {
    office.advance(dayMs);
    office.route({ type: 'tick' });
  }
}

test('a token that nobody has used for ninety days ends, noted; what is used or connected goes on', async () => {
  const { office, boss, laptop, phone } = await twoDevices();
  live(office, 90);
  expect(devicesOf(office)).toContain('phone-of-ana');
  live(office, 2);
  expect(devicesOf(office)).not.toContain('phone-of-ana');
  expect([laptop.closed, boss.closed]).toEqual([null, null]);
  const { entries } = (await boss.asked({ op: 'audit.list', before: null, length: 10 })).result;
  expect(entries).toContainEqual(
    expect.objectContaining({ action: 'device.expire', by: { kind: 'hub' }, subject: 'Ana' }),
  );
  const back = await office.agentWith({ kind: 'token', token: phone.welcome.token }, 'phone-of-ana');
  expect(back.answer('hello').code).toBe('unknownToken');
});

test('signing in counts as use, noted once a day', async () => {
  const { office, phone } = await twoDevices();
  const uses = () => office.store.disk.lines.filter((line) => line.includes('"device.used"')).length;
  const signIn = () => office.agentWith({ kind: 'token', token: phone.welcome.token }, 'phone-of-ana');
  (await signIn()).leave();
  expect(uses()).toBe(0);
  live(office, 2);
  const before = uses();
  await signIn();
  await signIn();
  expect(uses() - before).toBe(1);
});

test('a device from before its use was noted counts from now on', async () => {
  const { office } = await twoDevices();
  const { config } = office.hub.state;
  const { usedAt: _usedAt, ...older } = config.devices.get('phone-of-ana')!;
  config.devices.set(older.deviceId, { ...older, addedAt: 0 });
  live(office, 2);
  expect(config.devices.get('phone-of-ana')?.usedAt).toBeGreaterThan(office.clock.now() - 3 * dayMs);
});
