import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostedHubOptions } from '../../main/desktop/hub-calls';
import { createHubHost } from '../../main/desktop/hub-host';
import { HubProcessGone, type RemoteHub } from '../../main/desktop/hub-process';
import { HubStartError } from '../../main/hub/hub-start-error';
import { createHandClock, type HandClock } from '../support/hand-clock';

const request = { officeName: 'Office', supervisorName: 'Lea', passphrase: 'correct horse battery' };
const silent = { info: () => {}, warn: () => {}, error: () => {} };

describe('the hub inside the app', () => {
  let folder: string;
  let seen: string[];
  let asked: HostedHubOptions[];
  let portsInUse: Set<number>;
  let failWith: Error | null;
  let mendFails: Error | null;

  let end: (why: HubStartError | HubProcessGone) => void;
  let clock: HandClock;
  let failLan: number | null;
  let failCustomers: string | null;

  beforeEach(async () => {
    failLan = null;
    failCustomers = null;
    folder = await mkdtemp(join(tmpdir(), 'foyer-host-'));
    seen = [];
    clock = createHandClock(0);
    asked = [];
    portsInUse = new Set();
    failWith = null;
    mendFails = null;
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A hub that only says what was asked of it; port 0 becomes 5000 and 5001. */
  async function openHub(options: HostedHubOptions): Promise<RemoteHub> {
    asked.push(options);
    if (failWith) throw failWith;
    if (failCustomers !== null && options.customers.host === failCustomers)
      throw new HubStartError('addressUnknown', 'No such address here.');
    if (options.lan?.port === failLan) throw new HubStartError('portInUse', 'The port is in use.');
    if (portsInUse.has(options.agentPort)) throw new HubStartError('portInUse', 'The port is in use.');
    seen.push(options.sample ? 'sample opened' : 'office opened');
    return {
      agentUrl: `ws://127.0.0.1:${options.agentPort || 5000}`,
      customerUrl: `${options.customers.publicUrl ?? `http://127.0.0.1:${options.customerPort || 5001}`}/chat`,
      lan: options.lan && {
        host: options.lan.host,
        addresses: [`192.0.2.1:${options.lan.port || 5002}`],
      },
      others: async () => ({ colleagues: 2, customers: 3 }),
      supervisorCode: async () => 'CODE',
      resetPassphrase: async (passphrase, name) => {
        seen.push(`reset to ${passphrase}`);
        return name === null ? 'nameNeeded' : 'reset';
      },
      slept: (sleptMs) => void seen.push(`slept ${sleptMs}`),
      ended: new Promise((resolve) => {
        end = resolve;
      }),
      stop: async () => {
        seen.push('stopped');
      },
    };
  }

  /** Whatever was wrong is not any more. */
  function mend(how: string) {
    if (mendFails) throw mendFails;
    failWith = null;
    seen.push(how);
  }

  const start = () =>
    createHubHost({
      folder,
      clock,
      log: silent,
      firstPorts: { agent: 7800, customer: 7801, lan: { host: '0.0.0.0', port: 7802 } },
      pages: { workstation: 'w', customer: 'c' },
      openHub,
      recoverFolder: async (data, kind) => mend(`recovered ${data}, ${kind}`),
      restoreBackup: async (file, _passphrase, data) => mend(`restored ${file} to ${data}`),
      running: (isRunning) => seen.push(isRunning ? 'awake' : 'may sleep'),
      ended: () => seen.push('page told'),
    });
  const running = {
    state: 'running',
    customers: { host: null, publicUrl: null, trustedProxies: [] },
    agentUrl: 'ws://127.0.0.1:7800',
    customerUrl: 'http://127.0.0.1:7801/chat',
    lan: { host: '0.0.0.0', addresses: ['192.0.2.1:7802'] },
  };

  it('opens the customers’ way at once, keeps it, and goes back when it can’t be', async () => {
    const host = start();
    await host.host(request);
    const behind = { host: null, publicUrl: 'https://chat.example.com', trustedProxies: ['127.0.0.1'] };
    asked.length = 0;
    expect(await host.setCustomers(behind)).toMatchObject({ state: 'running', customers: behind });
    expect(asked[0]?.customers).toEqual(behind);
    failCustomers = '192.0.2.9';
    const nowhere = { host: '192.0.2.9', publicUrl: null, trustedProxies: [] };
    expect(await host.setCustomers(nowhere)).toMatchObject({ state: 'failed', code: 'addressUnknown' });
    expect(host.state()).toMatchObject({ state: 'running', customers: behind });
    await host.stop();
    asked.length = 0;
    const again = start();
    expect(await again.resume()).toMatchObject({ state: 'running', customers: behind });
    // The port stays the listener's own, whatever the link says.
    expect(asked[0]?.customerPort).toBe(7801);
  });

  it('sets a lost passphrase anew in the office’s hub that runs here, and in no other', async () => {
    const host = start();
    expect(await host.resetPassphrase('four lamps and a wall', null)).toBe('notHere');
    await host.sample();
    expect(await host.resetPassphrase('four lamps and a wall', null)).toBe('notHere');
    await host.host(request);
    expect(await host.resetPassphrase('four lamps and a wall', null)).toBe('nameNeeded');
    expect(await host.resetPassphrase('four lamps and a wall', 'Lea')).toBe('reset');
    expect(seen.filter((each) => each.startsWith('reset'))).toEqual(Array(2).fill('reset to four lamps and a wall'));
  });

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
    expect(second.state()).toEqual({
      state: 'failed',
      code: 'portInUse',
      message: 'The port is in use.',
      damage: null,
    });
  });

  it('says why it could not start, and starts when the reason is gone', async () => {
    failWith = new HubStartError('folderUnwritable', 'The folder cannot be written.');
    const host = start();
    expect(await host.host(request)).toMatchObject({ state: 'failed', code: 'folderUnwritable' });
    failWith = null;
    expect(await host.host(request)).toMatchObject({ state: 'running' });
  });

  describe('with damaged data', () => {
    const damage = {
      file: 'journal/000001.jsonl',
      line: 17,
      why: 'its checksum is wrong',
      choices: [{ kind: 'cut' as const, keepsSeq: 15, keepsAt: 1_000, losesRecords: 3 }],
    };

    async function damaged() {
      await start().host(request);
      failWith = new HubStartError('damaged', 'It is damaged.', damage);
      const host = start();
      await host.resume();
      seen = [];
      return host;
    }

    it('says what is damaged and what can be done', async () => {
      const host = await damaged();
      expect(host.state()).toEqual({ state: 'failed', code: 'damaged', message: 'It is damaged.', damage });
    });

    it('starts in the way that was chosen, as the office it was', async () => {
      const host = await damaged();
      expect(await host.recover('cut')).toEqual(running);
      expect(seen).toEqual([`recovered ${join(folder, 'hub')}, cut`, 'office opened', 'awake']);
      expect(asked.at(-1)).toMatchObject({ agentPort: 7800, setup: null });
    });

    it('starts from a backup', async () => {
      const host = await damaged();
      expect(await host.restore('/mnt/a.tar.gz', null)).toEqual(running);
      expect(seen[0]).toBe(`restored /mnt/a.tar.gz to ${join(folder, 'hub')}`);
    });

    it('stays as it was when that did not work, and says why', async () => {
      const host = await damaged();
      mendFails = new HubStartError('badBackup', 'It is no backup.');
      expect(await host.restore('/mnt/a.tar.gz', null)).toMatchObject({ state: 'failed', message: 'It is no backup.' });
      expect(host.state()).toMatchObject({ code: 'damaged', damage });
      expect(seen).toEqual([]);
    });

    it('tries again when asked', async () => {
      const host = await damaged();
      failWith = null;
      expect(await host.resume()).toEqual(running);
    });
  });

  it('brings a backup up where no hub was, and from then on with the app', async () => {
    expect(await start().restore('/mnt/a.tar.gz', null)).toEqual(running);
    const second = start();
    expect(await second.resume()).toEqual(running);
  });

  it('that closes by itself is said at once, with what a person can choose, and starts again when they have', async () => {
    const host = start();
    await host.host(request);
    seen = [];
    const choices = [{ kind: 'cut' as const, keepsSeq: 15, keepsAt: 1_000, losesRecords: 1 }];
    const damage = { file: 'journal/000001.jsonl', line: 17, why: 'record 16 can’t be replayed', choices };
    end(new HubStartError('damaged', 'It is damaged.', damage));
    for (let turn = 0; turn < 100 && seen.length < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    // Its process is ended, too.
    expect(seen).toEqual(['stopped', 'may sleep', 'page told']);
    expect(host.state()).toMatchObject({ state: 'failed', code: 'damaged', damage });
    expect(await host.recover('cut')).toEqual(running);
  });

  describe('whose process ends', () => {
    /** Waits until it has been started again, or given up. */
    const die = async () => {
      const before = seen.length;
      end(new HubProcessGone(9));
      await vi.waitFor(() => expect(['awake', 'page told']).toContain(seen.slice(before).at(-1)));
    };

    it('is started again at once where it was, and the page need not be told', async () => {
      const host = start();
      await host.host(request);
      seen = [];
      await die();
      expect(seen).toEqual(['office opened', 'awake']);
      expect(asked.at(-1)).toMatchObject({ agentPort: 7800, customerPort: 7801, setup: null });
      expect(host.state()).toEqual(running);
    });

    it('again and again stops, says so, and starts when a person wants it', async () => {
      const host = start();
      await host.host(request);
      for (let count = 0; count < 3; count += 1) await die();
      expect(host.state()).toEqual(running);
      seen = [];
      await die();
      expect(seen).toEqual(['may sleep', 'page told']);
      expect(host.state()).toMatchObject({ state: 'failed', code: 'processGone' });
      expect(await host.resume()).toEqual(running);
      await die();
      expect(host.state()).toEqual(running);
    });

    it('now and then is always started again', async () => {
      const host = start();
      await host.host(request);
      for (let count = 0; count < 10; count += 1) {
        await die();
        clock.advance(30_000);
      }
      expect(host.state()).toEqual(running);
    });

    it('while it opens is tried as often', async () => {
      failWith = new HubProcessGone(9);
      const host = start();
      expect(await host.host(request)).toMatchObject({ state: 'failed', code: 'processGone' });
      expect(asked).toHaveLength(4);
    });

    it('and can’t be started again says why', async () => {
      const host = start();
      await host.host(request);
      failWith = new HubStartError('folderUnwritable', 'The folder cannot be written.');
      seen = [];
      await die();
      expect(seen).toEqual(['may sleep', 'page told']);
      expect(host.state()).toMatchObject({ state: 'failed', code: 'folderUnwritable' });
    });

    it('takes the sample data with it', async () => {
      const host = start();
      await host.sample();
      await die();
      expect(host.state()).toMatchObject({ state: 'failed', code: 'processGone' });
      expect(asked).toHaveLength(1);
    });

    it('because it is stopped stays so', async () => {
      const host = start();
      await host.host(request);
      await host.stop();
      end(new HubProcessGone(9));
      await host.stop();
      expect(host.state()).toEqual({ state: 'off' });
      expect(asked).toHaveLength(1);
    });
  });

  it('says who else is connected to the office, and nobody with sample data', async () => {
    const host = start();
    expect(await host.others()).toEqual({ colleagues: 0, customers: 0 });
    await host.host(request);
    expect(await host.others()).toEqual({ colleagues: 2, customers: 3 });
  });

  it('touches nothing of a hub that runs', async () => {
    const host = start();
    await host.host(request);
    seen = [];
    expect(await host.recover('cut')).toEqual(running);
    expect(await host.restore('/mnt/a.tar.gz', null)).toEqual(running);
    expect(seen).toEqual([]);
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

  it('listens elsewhere for other machines when that works, and stays where it was when it does not', async () => {
    const host = start();
    await host.host({ officeName: 'O', supervisorName: 'S', passphrase: 'long enough' });
    asked.length = 0;
    expect(await host.setLan({ host: '192.0.2.9', port: 9000 })).toMatchObject({
      state: 'running',
      lan: { host: '192.0.2.9' },
    });
    expect(asked.map(({ lan }) => lan)).toMatchObject([{ host: '192.0.2.9', port: 9000 }]);

    failLan = 9001;
    expect(await host.setLan({ host: '192.0.2.9', port: 9001 })).toMatchObject({ state: 'failed', code: 'portInUse' });
    expect(host.state()).toMatchObject({ state: 'running', lan: { addresses: ['192.0.2.1:9000'] } });
    expect(await host.setLan(null)).toMatchObject({ state: 'running', lan: null });
    await host.stop();
    const again = start();
    expect(await again.resume()).toMatchObject({ state: 'running', lan: null });
  });
});
