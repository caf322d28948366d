import { HubClient, type HubReady } from './load/hub-client';
import { ServerProcess } from './load/server-process';
import { Wire } from './load/wire';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from './measure';
import type { Sizes } from './sizes';

interface Idle {
  connect(): Promise<Wire>;
  server: Pick<ServerProcess, 'ask' | 'stop'>;
}

/** The server's memory per idle connection: signed-in customers of the hub against bare ws. */
export async function memory({ rounds, connections }: Sizes, folder: string): Promise<BenchReport[]> {
  let round = 0;
  const runs = [
    { name: 'the hub', start: () => startHub(`${folder}/hub-${round++}`), bytes: [] as number[] },
    { name: 'bare ws', start: startBare, bytes: [] as number[] },
  ] as const;
  // A new process each time, as a process returns little of its memory.
  await takeTurns(rounds, runs, async ({ start, bytes }) => {
    bytes.push(await bytesPerConnection(await start(), connections));
  });
  const [hub, bare] = runs;
  const shown = (values: number[]) => `${(medianOf(values) / 1024).toFixed(1)} KiB a connection`;
  return [
    reportOf('memory', ratioOf(hub.bytes, bare.bytes), { atMost: 1.5 }, [
      [bare.name, shown(bare.bytes)],
      [hub.name, shown(hub.bytes)],
    ]),
  ];
}

async function startHub(dataFolder: string): Promise<Idle> {
  const server = await ServerProcess.start<HubReady>('hub.mjs', [dataFolder]);
  let count = 0;
  const connect = async () => (await HubClient.customer(server.ready.customer, `tab-${count++}`)).wire;
  return { server, connect };
}

async function startBare(): Promise<Idle> {
  const server = await ServerProcess.start<{ url: string }>('bare.mjs');
  return { server, connect: () => Wire.open(server.ready.url) };
}

async function bytesPerConnection({ connect, server }: Idle, connections: number): Promise<number> {
  const wires: Wire[] = [];
  const fill = async (count: number) => {
    for (let index = 0; index < count; index += 1) wires.push(await connect());
    return server.ask('memoryBytes');
  };
  // The first ones cause memory for code, buffers and garbage, which is not per connection.
  const before = await fill(connections);
  const after = await fill(connections);
  for (const wire of wires) wire.close();
  await server.stop();
  return (after - before) / connections;
}
