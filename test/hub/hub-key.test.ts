import { expect, test } from 'vitest';
import { HubKeys } from '../../main/hub/entrance/hub-keys';
import { hubKeyName, nextHubKeyName } from '../../main/hub/store/hub-key';
import { MemoryDisk } from '../storage/support/memory-disk';
import { TestHub } from '../support/hub';

const folder = '/data';
const monthMs = 30 * 24 * 60 * 60_000;
const fail = () => {
  throw new Error('it went wrong');
};

async function changing() {
  const office = await TestHub.start();
  const disk = new MemoryDisk();
  const keys = await HubKeys.open(disk, folder);
  const switched: string[] = [];
  keys.switched = ({ fingerprint }) => switched.push(fingerprint);
  const [first] = keys.pins.pins;
  await keys.prepare(office.hub, { kind: 'local' });
  return { office, disk, keys, first, switched };
}

test('both keys hold for thirty days, also after a restart; then the next takes the place by itself', async () => {
  const { office, disk, keys, first, switched } = await changing();
  const boss = await office.supervisor();
  const { pins, switchesAt } = keys.pins;
  expect([pins[0], pins.length]).toEqual([first, 2]);
  expect(switchesAt! - office.clock.now()).toBeGreaterThan(monthMs - 2_000);
  expect((await HubKeys.open(disk, folder)).pins).toEqual(keys.pins);
  office.advance(monthMs - 2_000);
  keys.keep(office.hub);
  expect([switched, keys.present.fingerprint]).toEqual([[], first]);
  office.advance(2_000);
  keys.keep(office.hub);
  office.flush();
  expect(switched).toEqual([pins[1]]);
  expect(keys.pins).toEqual({ pins: [pins[1]], switchesAt: null });
  expect((await HubKeys.open(disk, folder)).pins).toEqual(keys.pins);
  expect(boss.events('hubKey.changed').at(-1)).toMatchObject({ pins: [pins[1]], switchesAt: null });
});

test('a second change while one is under way changes nothing', async () => {
  const { office, keys } = await changing();
  const { pins } = keys;
  await keys.prepare(office.hub, { kind: 'local' });
  expect(keys.pins).toEqual(pins);
  keys.finish(office.hub, { kind: 'local' });
  // Two at the same time make one.
  await Promise.all([keys.prepare(office.hub, { kind: 'local' }), keys.prepare(office.hub, { kind: 'local' })]);
  office.flush();
  const made = office.store.disk.lines.filter((line) => line.includes('"hubKey.prepare"'));
  expect(made).toHaveLength(2);
});

test('a crash while they change places leaves the next one in place', async () => {
  const { disk, keys } = await changing();
  const next = keys.pins.pins[1];
  disk.spoil(`${folder}/${hubKeyName}`, Buffer.from(disk.peek(`${folder}/${nextHubKeyName}`)!));
  const again = await HubKeys.open(disk, folder);
  expect(again.pins).toEqual({ pins: [next], switchesAt: null });
  expect(disk.peek(`${folder}/${nextHubKeyName}`)).toBeNull();
});

test('a hub that is over changes no key; the next one does', async () => {
  const { office, disk, keys, first, switched } = await changing();
  const [, next] = keys.pins.pins;
  office.advance(monthMs);
  expect(() => office.hub.step(fail)).toThrow();
  keys.keep(office.hub);
  expect([switched, keys.present.fingerprint, (await HubKeys.open(disk, folder)).present.fingerprint]).toEqual([
    [],
    first,
    first,
  ]);
  await office.revive();
  keys.keep(office.hub);
  expect([switched, keys.present.fingerprint]).toEqual([[next], next]);
});

test('a hub that ends as the key changes leaves listeners with the one that is on disk', async () => {
  const { office, keys, switched } = await changing();
  const [, next] = keys.pins.pins;
  office.hub.fanOut.access.hubKey = fail;
  expect(() => keys.finish(office.hub, { kind: 'local' })).toThrow();
  expect([switched, keys.present.fingerprint]).toEqual([[next], next]);
});
