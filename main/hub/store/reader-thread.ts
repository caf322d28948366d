import { Worker } from 'node:worker_threads';
import type { ArchiveAnswer, ArchiveTask } from './archive-reader';

/** Worker data of a reader thread: the data folder whose archive it reads. */
export interface ReaderSetup {
  archiveIn: string;
}

export interface Asked {
  number: number;
  task: ArchiveTask;
}

export type Told = { number: number; answer: ArchiveAnswer } | { number: number; message: string };

interface Waiting {
  resolve(answer: ArchiveAnswer): void;
  reject(error: Error): void;
}

/** A thread that reads the archive, so that messages don't wait for searches. Started on first use. */
export class ReaderThread {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  constructor(
    private readonly path: string,
    private readonly setup: ReaderSetup,
  ) {}

  ask(task: ArchiveTask): Promise<ArchiveAnswer> {
    this.worker ??= this.start();
    this.asked += 1;
    const number = this.asked;
    this.worker.postMessage({ number, task } satisfies Asked);
    return new Promise((resolve, reject) => this.waiting.set(number, { resolve, reject }));
  }

  async end(): Promise<void> {
    const ending = this.worker;
    this.worker = null;
    await ending?.terminate();
    this.giveUp(new Error('The hub is being ended.'));
  }

  private start(): Worker {
    const started = new Worker(this.path, { workerData: this.setup });
    started.on('message', (told: Told) => {
      const waiting = this.waiting.get(told.number);
      this.waiting.delete(told.number);
      if ('answer' in told) waiting?.resolve(told.answer);
      else waiting?.reject(new Error(told.message));
    });
    // The next request starts a new thread.
    started.on('error', (error: Error) => {
      this.worker = null;
      this.giveUp(error);
    });
    return started;
  }

  private giveUp(error: Error): void {
    for (const [number, { reject }] of [...this.waiting]) {
      this.waiting.delete(number);
      reject(error);
    }
  }
}
