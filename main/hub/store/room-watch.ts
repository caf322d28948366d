import type { DiskSpace } from '../../../shared/protocol/views';
import type { Clock } from '../ports';
import { lowSpaceBytes, shortSpaceBytes } from './store';

/** How often a nearly full disk is measured, because room may be made while nothing is written. */
const measureEveryMs = 5_000;

/** Tells when the room on the disk changes its level. */
export class RoomWatch {
  private level: DiskSpace = 'plenty';
  private freeBytes = 0;
  private cancel: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    /** Calls `measured`. */
    private readonly measure: () => void,
    private readonly tell: (level: DiskSpace, freeBytes: number) => void,
  ) {}

  measured(freeBytes: number): void {
    const level = freeBytes < shortSpaceBytes ? 'short' : freeBytes < lowSpaceBytes ? 'low' : 'plenty';
    if (level === this.level) return;
    this.level = level;
    this.freeBytes = freeBytes;
    this.watch();
    this.tell(level, freeBytes);
  }

  /** For a new listener. */
  tellAgain(): void {
    if (this.level !== 'plenty') this.tell(this.level, this.freeBytes);
  }

  /** Until it is measured again, there is plenty. */
  stop(): void {
    this.cancel();
    this.level = 'plenty';
  }

  private watch(): void {
    this.cancel();
    if (this.level === 'plenty') return;
    this.cancel = this.clock.at(this.clock.now() + measureEveryMs, () => {
      this.watch();
      this.measure();
    });
  }
}
