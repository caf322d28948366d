import { readdirSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A server's answer to its bench; see `load/server-process.ts`. */
export interface Answers {
  /** Of the whole process, all threads, user and system, as reported by the operating system. */
  cpuMicroseconds: number;
  /** Of its main thread alone, on Linux; elsewhere of the whole process. */
  threadCpuMicroseconds: number;
  /** Resident, after a full garbage collection. */
  memoryBytes: number;
  /** Resident, as it is. */
  residentBytes: number;
  /** On Linux; elsewhere 0. */
  openFiles: number;
  /** The longest time its main thread did not turn since the last time this was asked; the first answer is 0. */
  longestTurnMs: number;
}

const millisecond = 1e6;
let delay: ReturnType<typeof monitorEventLoopDelay> | null = null;

const answers: { [Question in keyof Answers]: () => Answers[Question] } = {
  cpuMicroseconds: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  threadCpuMicroseconds: () => {
    if (process.platform !== 'linux') return answers.cpuMicroseconds();
    const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1_000;
  },
  memoryBytes: () => {
    globalThis.gc?.();
    return process.memoryUsage.rss();
  },
  residentBytes: () => process.memoryUsage.rss(),
  openFiles: () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0),
  longestTurnMs: () => {
    const longest = delay ? delay.max / millisecond : 0;
    // Watched only where it is asked for, because the watch wakes the thread a thousand times a second.
    delay ??= monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    delay.reset();
    return longest;
  },
};

/** Tells that the server accepts connections; ends with the bench, also when that is killed. */
export function serve(ready: object, stop: () => Promise<void> = async () => undefined): void {
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.on('message', (question: keyof Answers) => process.send?.(answers[question]()));
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => void stop().then(() => process.exit()));
}
