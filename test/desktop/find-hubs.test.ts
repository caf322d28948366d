import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createWhereabouts, findHubs } from '../../main/desktop/find-hubs';
import { type Discovery, type HubHint, openDiscovery } from '../../main/hub/listen/discovery';

const own = 'o'.repeat(43);
const real: HubHint = { name: 'Harbour', address: '192.0.2.5:7802', fingerprint: own, sender: '192.0.2.5' };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One machine that announces many hubs, and answers first. */
function liars(count: number, fingerprint = (index: number) => `${index}`.padStart(43, 'f')): HubHint[] {
  return Array.from({ length: count }, (_, index) => ({
    name: 'Harbour',
    address: `192.0.2.66:${8_000 + index}`,
    fingerprint: fingerprint(index),
    sender: '192.0.2.66',
  }));
}

function network(hints: HubHint[]): Discovery {
  return {
    advertise: () => () => undefined,
    browse(found) {
      for (const hint of hints) found(hint);
      return () => undefined;
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
});

async function found(hints: HubHint[], pins: string[] = []) {
  const looking = findHubs(network(hints), pins);
  await vi.advanceTimersByTimeAsync(3_000);
  return (await looking).map(({ address }) => address);
}

test('twenty false hubs crowd nobody out of the list, and the one that is known comes first', async () => {
  const all = await found([...liars(40), real]);
  expect(all).toContain(real.address);
  expect(all).toHaveLength(4);
  expect((await found([...liars(40), real], [own]))[0]).toBe(real.address);
});

test('who claims to be the pinned hub is called in vain and put aside, until the real one is reached', async () => {
  const whereabouts = createWhereabouts(network([...liars(40, () => own), real]));
  const called: string[] = [];
  for (let attempt = 0; attempt < 5; attempt += 1) {
    whereabouts.lookAnew([own]);
    await vi.advanceTimersByTimeAsync(3_000);
    called.push(new URL(whereabouts.of('wss://192.0.2.1:7802/ws', [own])).host);
    if (called.at(-1) === real.address) break;
  }
  expect(called).toEqual(['192.0.2.66:8000', real.address]);
});

test('nobody is asked whether the name is free, so nobody can say that it is not; a second answer by it is heard', () => {
  const published: object[] = [];
  const heard = new Map<string, (service: object) => void>();
  const service = { addresses: ['192.0.2.5'], port: 7802, txt: { fp: own, office: 'Har\u202ebour\n' } };
  const open = () => ({
    publish: (options: object) => void published.push(options),
    unpublishAll: () => undefined,
    destroy: () => undefined,
    find: () => ({ on: (name: string, hear: never) => void heard.set(name, hear), stop: () => undefined }),
  });
  const discovery = openDiscovery(silent, open as never);
  discovery.advertise({ name: 'Harbour', port: 7802, fingerprint: own });
  expect(published).toMatchObject([{ probe: false, txt: { fp: own } }]);
  const hints: HubHint[] = [];
  discovery.browse((hint) => hints.push(hint));
  heard.get('txt-update')!({ ...service, referer: { address: '192.0.2.5' } });
  expect(hints).toEqual([real]);
});
