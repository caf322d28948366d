import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

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
  const { entries } = boss.command({ op: 'audit.list', before: null, length: 1 }).result;
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
