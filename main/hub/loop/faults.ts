import { createHash } from 'node:crypto';
import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import type { Clock } from '../ports';

/** Why a hub is over and has to be replaced. */
export interface Failure {
  /** An error in the hub itself, not of its disk. */
  isFault: boolean;
  /** The commands under way, by `commandKey`. */
  commands: readonly string[];
}

/**
 * Identifies a command when it is repeated on another line. Without `n`: a customer who is in no record yet is new on
 * each line, and numbers commands anew.
 */
export function commandKey(command: AgentCommand | CustomerCommand): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...command, n: 0 }))
    .digest('hex');
}

const commandsMax = 1_000;

/** After this long without a fault the count starts over. */
const quietMs = 60 * 60_000;
const pauseFirstMs = 1_000;
const pauseMaxMs = 60_000;

/**
 * Recent faults of this process's hubs. The restart after the first is immediate, later ones back off: a repeated fault
 * must not keep the machine busy.
 */
export class Faults {
  /** Commands that ended a hub, which no later hub executes. The oldest are forgotten. */
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

  /** Resolves when the next hub may start. */
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

  /** Ends a pause. */
  stop(): void {
    this.end();
  }
}
