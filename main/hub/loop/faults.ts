import { createHash } from 'node:crypto';
import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import type { Clock } from '../ports';

/** Why a hub is over, and another has to take its place. */
export interface Failure {
  /** An error of the hub's own, not of its disk. */
  isFault: boolean;
  /** What was under way, by `commandKey`. */
  commands: readonly string[];
}

/**
 * One command, whatever line it comes again on: who said nothing yet is somebody new there, with numbers of their own.
 */
export function commandKey(command: AgentCommand | CustomerCommand): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...command, n: 0 }))
    .digest('hex');
}

const commandsMax = 1_000;

/** After this long without a fault the next one counts as the first. */
const quietMs = 60 * 60_000;
const pauseFirstMs = 1_000;
const pauseMaxMs = 60_000;

/**
 * What hubs of this process have met lately. The first fault is gone over at once, the next ones ever later: one that
 * repeats must not keep the machine busy.
 */
export class Faults {
  /** The commands that ended a hub: no other takes one up again. The oldest are forgotten. */
  readonly commands = new Set<string>();
  count = 0;
  at = Number.NEGATIVE_INFINITY;
  private end: () => void = () => undefined;

  constructor(private readonly clock: Clock) {}

  note({ isFault, commands }: Failure): void {
    if (!isFault) return;
    const now = this.clock.now();
    this.count = now - this.at > quietMs ? 1 : this.count + 1;
    this.at = now;
    for (const command of commands) this.commands.add(command);
    for (const oldest of this.commands) {
      if (this.commands.size <= commandsMax) break;
      this.commands.delete(oldest);
    }
  }

  /** Until the next hub may start. */
  async pause(): Promise<void> {
    const untilMs = this.at + (this.count < 2 ? 0 : Math.min(pauseFirstMs * 2 ** (this.count - 2), pauseMaxMs));
    if (untilMs <= this.clock.now()) return;
    await new Promise<void>((resolve) => {
      const cancel = this.clock.at(untilMs, resolve);
      this.end = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Nobody waits any longer. */
  stop(): void {
    this.end();
  }
}
