import { expect, onTestFinished, test } from 'vitest';
import { openHub } from '../../main/hub/open-hub';
import { type Disk, nodeDisk } from '../../main/hub/store/disk';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { RealCustomer } from '../support/headless';
import { passphrase, seededBytes } from '../support/hub';
import { inProcessWriter } from './support/in-process-writer';

/** A real hub with real sockets, on a disk that is full while `full` is set. */
test('a full disk closes the hub to everybody; with room again it goes on behind the same address, nothing lost', async () => {
  let full = false;
  const disk: Disk = {
    ...nodeDisk,
    write(file, bytes, from) {
      if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return nodeDisk.write(file, bytes, from);
    },
  };
  const clock = createHandClock(1_800_000_000_000);
  const events: string[] = [];
  const note = (event: string) => void events.push(event);
  const log = { info: note, warn: note, error: note };
  const folder = temporaryFolder();
  const hub = await openHub(
    {
      dataFolder: folder,
      host: '127.0.0.1',
      agentPort: 0,
      customerPort: 0,
      lan: null,
      pages: { workstation: folder, customer: folder },
      setup: { officeName: 'Test', supervisorName: 'Sam', passphrase },
      sample: false,
    },
    { clock, randomBytes: seededBytes(5), log, startWriter: inProcessWriter(disk) },
    { scryptCost: 16 },
  );
  onTestFinished(() => hub.stop());
  const mei = new RealCustomer(hub.customerUrl, null);
  const { token } = await mei.until((frame) => frame.type === 'welcome');
  mei.send({ type: 'command', cid: 'c1', n: 1, op: 'conversation.open', name: 'Mei' });
  mei.send({ type: 'command', cid: 'c2', n: 2, op: 'message.send', text: 'kept' });
  await mei.until((frame) => frame.cid === 'c2');
  full = true;
  mei.send({ type: 'command', cid: 'c3', n: 3, op: 'message.send', text: 'too late' });
  await expect(mei.closed).resolves.toBe(4011);
  expect(mei.frames.some((frame) => frame.cid === 'c3')).toBe(false);
  await expect(new RealCustomer(hub.customerUrl, token as string).closed).resolves.toBe(4011);
  clock.advance(5_000);
  await new Promise((resolve) => setImmediate(resolve));
  full = false;
  for (let turn = 0; !events.includes('hub.revived') && turn < 10_000; turn += 1) {
    clock.advance(5_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(events).toContain('store.stillReadOnly');
  const again = new RealCustomer(hub.customerUrl, token as string);
  const welcome = await again.until((frame) => frame.type === 'welcome');
  expect(welcome.lastN).toBe(2);
  await again.until((frame) => frame.type === 'caughtUp');
  again.send({ type: 'command', cid: 'c3', n: 3, op: 'message.send', text: 'too late' });
  expect(await again.until((frame) => frame.cid === 'c3')).toMatchObject({ type: 'ack' });
  again.close();
});
