import { deskOf } from '../../e2e/pages/desk';
import type { Desktop } from '../../support/electron';
import { bareHead } from '../load/bare-frame';
import { HubClient } from '../load/hub-client';
import { ServerProcess } from '../load/server-process';
import { Wire } from '../load/wire';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from '../measure';
import type { Sizes } from '../sizes';
import { openBareWindow, openDesktop, watch } from './apps';
import { newOffice } from './office';
import { frameMs } from './painted';

const offersPerRound = 10;
const now = () => performance.timeOrigin + performance.now();

interface Peer {
  name: string;
  /** Sends one and returns the time until it was painted, in milliseconds. */
  send(index: number): Promise<number>;
  takenMs: number[];
}

/**
 * From a customer's message to the painted card, with the journal's sync and the routing, against a frame that a bare
 * server forwards to a bare page: the time Foyer adds, in frames of the bare page.
 */
export async function paintedOffer({ rounds }: Sizes, folder: string): Promise<BenchReport[]> {
  await newOffice(`${folder}/foyer`);
  const desktop = await openDesktop(`${folder}/foyer`);
  await deskOf(desktop.page).openChats();
  await deskOf(desktop.page).setStatus('Online');
  const server = await ServerProcess.start<{ url: string }>('bare.mjs');
  const window = await openBareWindow(`${folder}/bare`, `${server.ready.url}?place=0`);
  const wire = await Wire.open(`${server.ready.url}?place=1`);
  const peers: Peer[] = [
    { name: 'Foyer', send: customersTo(desktop), takenMs: [] },
    { name: 'a bare page', send: framesTo(window, wire), takenMs: [] },
  ];
  for (const peer of peers) await peer.send(0);
  const framesMs: number[] = [];
  let count = 0;
  await takeTurns(rounds, peers, async ({ send, takenMs }, index) => {
    if (index === 0) framesMs.push(await window.page.evaluate(frameMs));
    const taken: number[] = [];
    for (let offer = 0; offer < offersPerRound; offer += 1) {
      count += 1;
      taken.push(await send(count));
    }
    takenMs.push(medianOf(taken));
  });
  wire.close();
  await desktop.quit();
  await window.quit();
  await server.stop();
  const [foyer, bare] = peers as [Peer, Peer];
  const addedMs = foyer.takenMs.map((taken, round) => taken - bare.takenMs[round]!);
  const shown = (values: number[]) => `${medianOf(values).toFixed(1)} ms`;
  return [
    reportOf('desktop.offer', ratioOf(addedMs, framesMs), { atMost: 2 }, [
      ['a frame', shown(framesMs)],
      [bare.name, shown(bare.takenMs)],
      [foyer.name, shown(foyer.takenMs)],
    ]),
  ];
}

function customersTo(desktop: Desktop): Peer['send'] {
  return async (index) => {
    const name = `Customer ${index}`;
    const hub = await desktop.page.evaluate(() => window.foyer?.call('hub.state'));
    if (hub?.state !== 'running') throw new Error('the hub does not run');
    const customer = await HubClient.customer(customerSocket(hub.customerUrl), `tab-${index}`);
    const { paintedAtMs } = await watch(desktop.page, `article[aria-label="Incoming: ${name}"]`);
    const sentAtMs = now();
    customer.post('open', { op: 'conversation.open', name, text: 'Hello, is my parcel on its way?' });
    const takenMs = (await paintedAtMs) - sentAtMs;
    await customer.command({ op: 'conversation.leave' });
    customer.wire.close();
    // Waits until the hub's budget per minute for a customer's address is full again.
    await desktop.advance(60_000);
    return takenMs;
  };
}

function customerSocket(customerUrl: string): string {
  return customerUrl.replace('http:', 'ws:').replace('/chat', '/ws');
}

function framesTo(window: Desktop, wire: Wire): Peer['send'] {
  return async (index) => {
    const { paintedAtMs } = await watch(window.page, `#frame-${index}`);
    const sentAtMs = now();
    wire.send(`${bareHead(0, 0).slice(0, 4)}frame-${index}`);
    return (await paintedAtMs) - sentAtMs;
  };
}
