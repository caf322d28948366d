import { HubStartError } from './hub-start-error';
import { type Failure, Faults } from './loop/faults';
import type { HubPorts } from './ports';
import type { Hub } from './start-hub';
import type { Store } from './store/store';
import { kindOf } from './system/error-kind';

interface CurrentHubPorts extends Pick<HubPorts, 'clock' | 'log'> {
  store: Pick<Store, 'recovered'>;
  /** Starts a hub from the disk, to replace one that failed. */
  start(failedCommands: ReadonlySet<string>): Promise<Hub>;
  /** Lets people connect to a started hub; returns what undoes that. */
  open(hub: Hub): () => void;
  /** No hub can start from the disk: a person has to decide how to go on. */
  giveUp(why: HubStartError): void;
}

/**
 * The hub that runs now. A failed hub may have known more than the disk: it is replaced by one started from the disk,
 * behind the same listeners.
 */
export class CurrentHub {
  private readonly faults: Faults;
  private isStopped = false;
  private end: () => void = () => undefined;

  constructor(
    private current: Hub,
    private readonly ports: CurrentHubPorts,
  ) {
    this.faults = new Faults(ports.clock);
  }

  get hub(): Hub {
    return this.current;
  }

  /** Lets people connect. */
  open(): void {
    const { hub, faults, ports } = this;
    this.end = ports.open(hub);
    if (faults.count > 0) hub.health.restarted(faults.count, faults.at);
    void hub.failure.then((failure) => this.revive(failure));
  }

  stop(): void {
    this.isStopped = true;
    this.end();
    this.faults.stop();
    this.hub.stop();
  }

  private async revive(failure: Failure): Promise<void> {
    this.end();
    this.faults.note(failure);
    while (!this.isStopped && !(await this.tryAgain()));
  }

  /** True when the retries are over: a hub has started, or none can. */
  private async tryAgain(): Promise<boolean> {
    const { faults, ports } = this;
    try {
      await faults.pause();
      await ports.store.recovered();
      if (this.isStopped) return true;
      this.current = await ports.start(faults.commands);
      if (this.isStopped) this.hub.stop();
      else this.open();
      if (!this.isStopped) ports.log.info('hub.revived', { seq: this.hub.state.seq });
      return true;
    } catch (error) {
      if (error instanceof HubStartError) {
        ports.giveUp(error);
        return true;
      }
      this.hub.stop('hubFault');
      this.end();
      ports.log.error('hub.notRevived', { ...kindOf(error) });
      faults.note({ isFault: true, commands: [] });
      return false;
    }
  }
}
