import type { DiskSpace, HubFault } from '../../../shared/protocol/views';
import type { FanOut } from '../fan-out/fan-out';
import type { Log } from '../ports';
import type { Held } from '../store/store';

/** Problems of the hub itself, which supervisors are told; low disk space is told to everybody. */
export class Health {
  private notSaved: HubFault | null = null;
  private restarts: HubFault | null = null;
  private space: DiskSpace = 'plenty';

  constructor(
    private readonly fanOut: Pick<FanOut, 'faults' | 'diskSpace'>,
    private readonly log: Log,
    private readonly now: () => number,
  ) {}

  /** Too little disk space to accept more text. */
  get isDiskShort(): boolean {
    return this.space === 'short';
  }

  /** Earlier hubs have met `count` errors recently, the last one `at`. */
  restarted(count: number, at: number): void {
    this.restarts = { kind: 'restarted', count, at };
    this.tellFaults();
  }

  /** What the store cannot write beside the journal. It retries by itself, and the journal has everything. */
  held(held: readonly Held[]): void {
    if (held.length === 0) this.notSaved = null;
    else this.notSaved ??= { kind: 'notSaved', at: this.now() };
    this.tellFaults();
  }

  diskSpace(space: DiskSpace, freeBytes: number): void {
    this.space = space;
    this.fanOut.diskSpace(space);
    if (space !== 'plenty') this.log.warn('store.space', { level: space, freeBytes });
  }

  private tellFaults() {
    this.fanOut.faults([this.notSaved, this.restarts].filter((each) => each !== null));
  }
}
