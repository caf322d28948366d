import { closeSync, fdatasyncSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { HubClient, type HubReady } from './load/hub-client';
import { openTraffic } from './load/peers';
import { ServerProcess } from './load/server-process';
import { type BenchReport, type Goal, rangeOf, reportOf } from './measure';
import type { Sizes } from './sizes';

const ackGoal: Goal = { atMost: 100 };
const threadGoal: Goal = { atMost: 20 };
const perSecond = 200;
/** About one message's record. */
const appendBytes = 350;

export interface Stall {
  ackMs: number[];
  threadMs: number[];
  /** The longest sync of a small append without any hub, while a file of the snapshot's size is written beside it. */
  bareSyncMs: number[];
}

/** The longest wait for a message, and the longest turn of the hub's thread, while a snapshot of many open conversations is saved. */
export async function stall({ rounds, openConversations, stallMs }: Sizes, folder: string): Promise<BenchReport[]> {
  const filled = `${folder}/hub`;
  const filling = await ServerProcess.start('fill.mjs', [filled, String(openConversations)]);
  await filling.stop();
  return stallReports('stall', await watchStalls(filled, rounds, stallMs), `${openConversations} open conversations`);
}

export function stallReports(bench: string, { ackMs, threadMs, bareSyncMs }: Stall, what: string): BenchReport[] {
  const shown = (values: number[]) => `${Math.round(rangeOf(values).median)} ms`;
  return [
    reportOf(`${bench}.ack`, rangeOf(ackMs), ackGoal, [[`the hub, ${what}`, shown(ackMs)]], 'ms'),
    reportOf(
      `${bench}.thread`,
      rangeOf(threadMs),
      threadGoal,
      [
        ['a bare append’s longest sync, as much written beside it', shown(bareSyncMs)],
        ['the hub’s thread, which syncs the journal', shown(threadMs)],
      ],
      'ms',
    ),
  ];
}

/** A backup saves a snapshot first. What follows of it runs on a thread of its own, and is not waited for. */
export async function watchStalls(folder: string, rounds: number, stallMs: number): Promise<Stall> {
  const server = await ServerProcess.start<HubReady>('hub.mjs', [folder]);
  const office = { agents: 5, conversationsPerAgent: 4, groups: 5 };
  const { traffic, supervisorCode } = await openTraffic(server.ready, office);
  const supervisor = await HubClient.agent(server.ready.agent, supervisorCode, 'backup-device');
  const stalls: Stall = { ackMs: [], threadMs: [], bareSyncMs: [] };
  const messages = Math.ceil((stallMs / 1_000) * perSecond);
  await traffic.pace(perSecond, messages);
  for (let round = 0; round < rounds; round += 1) {
    await server.ask('longestTurnMs');
    supervisor.post(`backup-${round}`, { op: 'office.backup', passphrase: null });
    stalls.ackMs.push(Math.max(...(await traffic.pace(perSecond, messages))));
    stalls.threadMs.push(await server.ask('longestTurnMs'));
    stalls.bareSyncMs.push(await longestBareSync(folder));
  }
  supervisor.wire.close();
  traffic.end();
  await server.stop('SIGKILL');
  return stalls;
}

async function longestBareSync(folder: string): Promise<number> {
  const bytes = statSync(join(folder, 'state.json')).size;
  const file = openSync(join(folder, '..', 'bare-journal'), 'a');
  let longestMs = 0;
  let isWritten = false;
  const writing = ServerProcess.start('write-file.mjs', [join(folder, '..', 'bare-snapshot'), String(bytes)]);
  void writing.finally(() => {
    isWritten = true;
  });
  while (!isWritten) {
    writeSync(file, Buffer.alloc(appendBytes));
    const startedAtMs = performance.now();
    fdatasyncSync(file);
    longestMs = Math.max(longestMs, performance.now() - startedAtMs);
    await after(1_000 / perSecond);
  }
  closeSync(file);
  await (await writing).stop();
  return longestMs;
}
