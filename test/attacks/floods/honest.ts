import { setTimeout as sleep } from 'node:timers/promises';
import { Stranger } from './stranger';
import type { Way } from './way';

export interface HonestReport {
  /** The latency of each command, in milliseconds, in order. */
  latencies: number[];
  refused: number;
}

/** Customers who write at human pace, each from its own address; each report covers the time since the last one. */
export class HonestCustomers {
  private latencies: number[] = [];
  private refused = 0;
  private talking = true;

  static async begin(way: Way, addresses: readonly string[]): Promise<HonestCustomers> {
    const all = new HonestCustomers();
    for (const address of addresses) {
      const line = await Stranger.hello(way, address);
      if (!line) throw new Error(`an honest customer was refused at ${address}`);
      await line.command({ op: 'conversation.open', name: 'Mei' });
      void all.talk(line);
    }
    return all;
  }

  report(): HonestReport {
    const report = { latencies: this.latencies, refused: this.refused };
    this.latencies = [];
    this.refused = 0;
    return report;
  }

  end(): void {
    this.talking = false;
  }

  private async talk(line: Stranger) {
    while (this.talking) {
      const before = performance.now();
      const answer = await line.command({ op: 'message.send', text: 'Is my order on its way?' });
      this.latencies.push(performance.now() - before);
      if (answer?.type !== 'ack') this.refused += 1;
      if (line.closed) return;
      await sleep(400);
    }
    line.drop();
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
