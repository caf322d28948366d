/** A server's answer to its bench; see `load/server-process.ts`. */
export interface Answers {
  /** Of the whole process, all threads, user and system, as reported by the operating system. */
  cpuMicroseconds: number;
  /** Resident, after a full garbage collection. */
  memoryBytes: number;
}

const answers: { [Question in keyof Answers]: () => Answers[Question] } = {
  cpuMicroseconds: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  memoryBytes: () => {
    globalThis.gc?.();
    return process.memoryUsage.rss();
  },
};

/** Tells that the server accepts connections; ends with the bench, also when that is killed. */
export function serve(ready: object, stop: () => Promise<void> = async () => undefined): void {
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.on('message', (question: keyof Answers) => process.send?.(answers[question]()));
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => void stop().then(() => process.exit()));
}
