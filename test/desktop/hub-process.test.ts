import { describe, expect, it } from 'vitest';
import type { HostedHubOptions } from '../../main/desktop/hub-calls';
import { HubProcess, HubProcessGone, inHubProcess, openRemoteHub } from '../../main/desktop/hub-process';
import type { ServicePorts } from '../../main/desktop/hub-service';
import { HubStartError } from '../../main/hub/hub-start-error';
import type { HubPorts } from '../../main/hub/ports';
import type { HubOptions, RunningHub } from '../../main/hub/running-hub';
import { createHandClock } from '../support/hand-clock';
import { hubInProcess } from '../support/hub-in-process';

const options: HostedHubOptions = {
  dataFolder: '/data/hub',
  agentPort: 7800,
  customerPort: 7801,
  lan: { host: '192.0.2.1', port: 7802 },
  customers: { host: null, publicUrl: 'https://chat.example.com', trustedProxies: ['127.0.0.1'] },
  pages: { workstation: '/w', customer: '/c' },
  setup: { officeName: 'Office', supervisorName: 'Lea', passphrase: 'four lamps and a wall' },
  sample: false,
};

const damage = {
  file: 'journal/000001.jsonl',
  line: 17,
  why: 'its checksum is wrong',
  choices: [{ kind: 'cut' as const, keepsSeq: 15, keepsAt: 1_000, losesRecords: 3 }],
};

function stage() {
  const logged: string[] = [];
  const entry = (level: string) => (event: string, detail?: object) =>
    void logged.push([level, event, ...(detail ? [JSON.stringify(detail)] : [])].join(' '));
  const log = { info: entry('info'), warn: entry('warn'), error: entry('error') };
  const clock = createHandClock(1_000);
  const seen: unknown[] = [];
  const opened: { options: HubOptions; ports: HubPorts }[] = [];
  let end: (why: HubStartError) => void = () => undefined;
  const hub: RunningHub = {
    agentUrl: 'ws://127.0.0.1:7800/ws',
    customerUrl: 'https://chat.example.com/chat',
    lan: { host: '192.0.2.1', addresses: ['192.0.2.1:7802'], fingerprint: 'fp' },
    others: () => ({ colleagues: 2, customers: 3 }),
    addAgent: async () => ({ agentId: 'a', code: 'c', expiresAt: 0 }),
    supervisorCode: async () => 'K7QM-2XPA-9TRC',
    resetPassphrase: async (_passphrase, name) => (name ? null : { code: 'nameNeeded', message: 'whose?' }),
    slept: (sleptMs) => void seen.push(`slept ${sleptMs}`),
    ended: new Promise((resolve) => {
      end = resolve;
    }),
    stop: async () => void seen.push('stopped'),
  };
  const service: ServicePorts = {
    clock,
    randomBytes: (size) => new Uint8Array(size),
    async openHub(hubOptions, ports) {
      opened.push({ options: hubOptions, ports });
      return hub;
    },
    startWriter: () => {
      throw new Error('not here');
    },
    openDiscovery: () => ({ advertise: () => () => undefined }),
  };
  const child = hubInProcess(service);
  const process = new HubProcess(child, log);
  return {
    ...{ logged, log, clock, seen, opened, hub, service, child, process },
    end: (why: HubStartError) => end(why),
    open: () => openRemoteHub(process, options, { clock, log }),
  };
}

const turns = async () => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('the hub in a process of its own', () => {
  it('is opened as it is asked for, and says where it is reached', async () => {
    const { open, opened } = stage();
    expect(await open()).toMatchObject({
      agentUrl: 'ws://127.0.0.1:7800/ws',
      customerUrl: 'https://chat.example.com/chat',
      lan: { host: '192.0.2.1', addresses: ['192.0.2.1:7802'] },
    });
    expect(opened[0]?.options).toMatchObject({
      ...options,
      host: '127.0.0.1',
      lan: { ...options.lan, advertise: expect.any(Function) },
      customers: { ...options.customers, publicUrl: new URL('https://chat.example.com') },
    });
  });

  it('does what its owner asks, and is closed before its process ends', async () => {
    const { open, seen, child } = stage();
    const hub = await open();
    expect(await hub.others()).toEqual({ colleagues: 2, customers: 3 });
    expect(await hub.supervisorCode()).toBe('K7QM-2XPA-9TRC');
    expect(await hub.resetPassphrase('four lamps and a wall', null)).toBe('nameNeeded');
    expect(await hub.resetPassphrase('four lamps and a wall', 'Lea')).toBe('reset');
    hub.slept(90_000);
    expect(child.isKilled).toBe(false);
    await hub.stop();
    expect(seen).toEqual(['slept 90000', 'stopped']);
    expect(child.isKilled).toBe(true);
  });

  it('that can’t start says why as it would here, and leaves no process', async () => {
    const { open, service, child } = stage();
    service.openHub = async () => {
      throw new HubStartError('damaged', 'It is damaged.', damage);
    };
    const error = await open().catch((why: HubStartError) => why);
    expect(error).toBeInstanceOf(HubStartError);
    expect(error).toMatchObject({ code: 'damaged', message: 'It is damaged.', damage });
    expect(child.isKilled).toBe(true);
  });

  it('that closes by itself says so', async () => {
    const { open, end } = stage();
    const hub = await open();
    end(new HubStartError('damaged', 'It is damaged.', damage));
    expect(await hub.ended).toMatchObject({ name: 'HubStartError', code: 'damaged', damage });
  });

  it('writes into the app’s log', async () => {
    const { open, opened, logged } = stage();
    await open();
    opened[0]?.ports.log.warn('proxy.notTrusted', { advice: 'x' });
    opened[0]?.ports.log.info('hub.listening');
    await turns();
    expect(logged).toEqual(['warn proxy.notTrusted {"advice":"x"}', 'info hub.listening']);
  });

  it('whose process ends answers nothing, and stopping it waits for nothing', async () => {
    const { open, child, process } = stage();
    const hub = await open();
    const asked = hub.supervisorCode();
    child.die(9);
    await expect(asked).rejects.toBeInstanceOf(HubProcessGone);
    await expect(process.call('hub.supervisorCode')).rejects.toBeInstanceOf(HubProcessGone);
    expect(await hub.ended).toMatchObject({ code: 9 });
    expect(await hub.others()).toEqual({ colleagues: 0, customers: 0 });
    const posted = child.posted.length;
    await hub.stop();
    expect(child.posted).toHaveLength(posted);
  });

  it('that hangs keeps nobody from quitting', async () => {
    const { open, child, clock } = stage();
    const remote = await open();
    child.hang();
    const others = remote.others();
    clock.advance(1_000);
    expect(await others).toEqual({ colleagues: 0, customers: 0 });
  });

  it('refuses what is no call, and says what is wrong without the value', async () => {
    const { child, process, logged, opened } = stage();
    const unknown = process.call('hub.addAgent' as 'hub.supervisorCode');
    await expect(unknown).rejects.toThrow('no such call');
    const inherited = process.call('constructor' as 'hub.supervisorCode');
    await expect(inherited).rejects.toThrow('no such call');
    const wrong = process.call('hub.open', { ...options, dataFolder: 7, passphrase: 'secret' } as never);
    await expect(wrong).rejects.toThrow(/^hub\.open: .*not as expected$/);
    child.post('nonsense');
    child.post({ number: 'one', name: 'hub.stop', args: [] });
    await turns();
    expect(logged).toEqual(Array(2).fill('error hub.callRefused {"reason":"no call"}'));
    expect(opened).toEqual([]);
  });

  it('is believed nothing that does not fit', async () => {
    const { open, child, hub, logged } = stage();
    const remote = await open();
    child.say('nonsense');
    child.say({ log: 'shout', event: 'x' });
    child.say({ number: 999, answer: null });
    child.say({ ended: { code: 'noSuchCode', message: '', damage: null } });
    await turns();
    expect(logged).toEqual(Array(4).fill('error hub.messageRefused'));
    hub.supervisorCode = async () => 7 as never;
    await expect(remote.supervisorCode()).rejects.toThrow('hub.supervisorCode was not answered as expected');
  });

  it('opens one hub only', async () => {
    const { open, process, opened } = stage();
    await open();
    await expect(process.call('hub.open', options)).rejects.toThrow('a hub is open');
    expect(opened).toHaveLength(1);
  });

  it('does other work in a process that ends with it', async () => {
    const { process, child } = stage();
    const folder = '/nowhere/at/all';
    await expect(inHubProcess(process, () => process.call('folder.recover', folder, 'cut'))).rejects.toThrow();
    expect(child.isKilled).toBe(true);
  });
});
