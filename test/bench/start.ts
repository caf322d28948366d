import { HubClient, type HubReady } from './load/hub-client';
import { openHubPeer, stopPeers } from './load/peers';
import { ServerProcess } from './load/server-process';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from './measure';
import type { Sizes } from './sizes';

/** From the spawn until connections are accepted: the headless hub with a small data folder against bare ws. */
export async function spawn({ rounds }: Sizes, folder: string): Promise<BenchReport[]> {
  const dataFolder = `${folder}/hub`;
  await (await ServerProcess.start('hub.mjs', [dataFolder])).stop();
  const hubArgs = ['--data', dataFolder, '--port', '0', '--customer-port', '0', '--json'];
  const runs = [
    { name: 'the hub', start: () => ServerProcess.start('headless/cli.js', hubArgs), takenMs: [] as number[] },
    { name: 'bare ws', start: () => ServerProcess.start('bare.mjs'), takenMs: [] as number[] },
  ] as const;
  // Warms the system's file cache for both.
  for (const { start } of runs) await (await start()).stop();
  await takeTurns(rounds, runs, async ({ start, takenMs }) => {
    const server = await start();
    takenMs.push(server.startedMs);
    await server.stop();
  });
  const [hub, bare] = runs;
  const shown = (values: number[]) => `${Math.round(medianOf(values))} ms`;
  return [
    reportOf('start.spawn', ratioOf(hub.takenMs, bare.takenMs), { atMost: 2.5 }, [
      [bare.name, shown(bare.takenMs)],
      [hub.name, shown(hub.takenMs)],
    ]),
  ];
}

/** What a long journal adds to the hub's start, in CPU time, against a loop that only reads and parses it. */
export async function replay({ rounds, replayed: messages }: Sizes, folder: string): Promise<BenchReport[]> {
  const longFolder = `${folder}/long`;
  const shortFolder = `${folder}/short`;
  const peer = await openHubPeer('the hub', longFolder);
  await peer.traffic.saturate(messages);
  await stopPeers([peer], 'SIGKILL');
  const hub: number[] = [];
  const bare: number[] = [];
  await startHub(shortFolder, 0);
  for (let round = 0; round < rounds; round += 1) {
    const { lines, cpuMicroseconds } = await readBare(longFolder);
    bare.push(cpuMicroseconds / lines);
    // The first line of a journal is its header.
    hub.push(((await startHub(longFolder, lines - 1)) - (await startHub(shortFolder, 0))) / lines);
  }
  const shown = (values: number[]) => `${medianOf(values).toFixed(1)} µs CPU a record`;
  return [
    // As rates: the hub's speed relative to the bare loop's.
    reportOf('start.replay', ratioOf(bare, hub), { atLeast: 0.4 }, [
      ['read and JSON.parse', shown(bare)],
      ['the hub', shown(hub)],
    ]),
  ];
}

/** CPU microseconds until the hub is ready with at least this many records. Killed, as a stop would save the state. */
async function startHub(dataFolder: string, records: number): Promise<number> {
  const server = await ServerProcess.start<HubReady>('hub.mjs', [dataFolder]);
  const cpuMicroseconds = await server.ask('cpuMicroseconds');
  const customer = await HubClient.customer(server.ready.customer, 'tab');
  if (customer.welcome.seq < records) throw new Error(`the hub knows ${customer.welcome.seq} of ${records} records`);
  customer.wire.close();
  await server.stop('SIGKILL');
  return cpuMicroseconds;
}

async function readBare(dataFolder: string): Promise<{ lines: number; cpuMicroseconds: number }> {
  const reader = await ServerProcess.start<{ lines: number; cpuMicroseconds: number }>('read-journal.mjs', [
    dataFolder,
  ]);
  await reader.stop();
  return reader.ready;
}
