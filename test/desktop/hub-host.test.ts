import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHubHost } from '../../main/desktop/hub-host';
import { type HubOptions, HubStartError, type RunningHub } from '../../main/hub/ports';
import { createHandClock } from '../support/hand-clock';

const request = { officeName: 'Office', supervisorName: 'Lea', passphrase: 'correct horse battery' };
const silent = { info: () => {}, warn: () => {}, error: () => {} };

describe('the hub inside the app', () => {
  let folder: string;
  let seen: string[];
  let asked: HubOptions[];
  let portsInUse: Set<number>;
  let failWith: Error | null;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foyer-host-'));
    seen = [];
    asked = [];
    portsInUse = new Set();
    failWith = null;
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A hub that only says what was asked of it; port 0 becomes 5000 and 5001. */
  async function openHub(options: HubOptions): Promise<RunningHub> {
    asked.push(options);
    if (failWith) throw failWith;
    if (portsInUse.has(options.agentPort)) throw new HubStartError('portInUse', 'The port is in use.');
    seen.push(options.sample ? 'sample opened' : 'office opened');
    return {
      agentUrl: `ws://127.0.0.1:${options.agentPort || 5000}`,
      customerUrl: `http://127.0.0.1:${options.customerPort || 5001}/chat`,
      addAgent: async () => ({ agentId: 'a', code: 'c', expiresAt: 0 }),
      supervisorCode: async () => 'CODE',
      slept: (sleptMs) => void seen.push(`slept ${sleptMs}`),
      stop: async () => {
        seen.push('stopped');
      },
    };
  }

  const start = () =>
    createHubHost({
      folder,
      hubPorts: { clock: createHandClock(0), randomBytes: (size) => new Uint8Array(size), log: silent },
      firstPorts: { agent: 7800, customer: 7801 },
      pages: { workstation: 'w', customer: 'c' },
      openHub,
      running: (isRunning) => seen.push(isRunning ? 'awake' : 'may sleep'),
    });
  const running = {
    state: 'running',
    agentUrl: 'ws://127.0.0.1:7800',
    customerUrl: 'http://127.0.0.1:7801/chat',
  };

  it('is off until somebody sets it up', async () => {
    const host = start();
    await host.resume();
    expect(host.state()).toEqual({ state: 'off' });
    expect(asked).toEqual([]);
  });

  it('is set up once, on the usual ports, in a folder of its own', async () => {
    const host = start();
    expect(await host.host(request)).toEqual(running);
    expect(asked[0]).toMatchObject({
      dataFolder: join(folder, 'hub'),
      host: '127.0.0.1',
      setup: request,
      sample: false,
    });
    await host.stop();
    expect(seen).toEqual(['office opened', 'awake', 'may sleep', 'stopped']);
    expect(host.state()).toEqual({ state: 'off' });
  });

  it('keeps no passphrase', async () => {
    await start().host(request);
    expect(await readFile(join(folder, 'hosting.json'), 'utf8')).not.toContain(request.passphrase);
  });

  it('comes back with the app, on its ports', async () => {
    portsInUse.add(7800);
    const first = start();
    await first.host(request);
    await first.stop();
    const second = start();
    await second.resume();
    expect(second.state()).toMatchObject({ state: 'running', agentUrl: 'ws://127.0.0.1:5000' });
    expect(asked.at(-1)).toMatchObject({ agentPort: 5000, customerPort: 5001, setup: null });
  });

  it('does not move to other ports once people know its own', async () => {
    const first = start();
    await first.host(request);
    await first.stop();
    portsInUse.add(7800);
    const second = start();
    await second.resume();
    expect(second.state()).toEqual({ state: 'failed', code: 'portInUse', message: 'The port is in use.' });
  });

  it('says why it could not start, and starts when the reason is gone', async () => {
    failWith = new HubStartError('folderUnwritable', 'The folder cannot be written.');
    const host = start();
    expect(await host.host(request)).toMatchObject({ state: 'failed', code: 'folderUnwritable' });
    failWith = null;
    expect(await host.host(request)).toMatchObject({ state: 'running' });
  });

  it('is one, however often it is asked for at once', async () => {
    const host = start();
    await Promise.all([host.host(request), host.host(request)]);
    expect(asked).toHaveLength(1);
  });

  it('[TM1] tells the hub that the machine slept, if there is one', async () => {
    const host = start();
    host.slept(90_000);
    await host.host(request);
    host.slept(30_000);
    expect(seen).toEqual(['office opened', 'awake', 'slept 30000']);
  });

  it('shows sample data from memory only, and gives way to a real office', async () => {
    const host = start();
    expect(await host.sample()).toMatchObject({ hosting: { state: 'running' }, code: 'CODE' });
    expect(asked[0]).toMatchObject({ dataFolder: null, sample: true, agentPort: 0, customerPort: 0 });
    await host.host(request);
    expect(seen).toEqual([...['sample opened', 'awake'], ...['may sleep', 'stopped', 'office opened', 'awake']]);
  });

  it('never mixes sample data into a real office', async () => {
    const host = start();
    await host.host(request);
    expect(await host.sample()).toEqual({ hosting: running, code: null });
    expect(asked).toHaveLength(1);
  });
});
