import type { Loop } from '../loop/loop';
import { lastSeenAt } from '../state/customers';
import type { HubState } from '../state/hub-state';
import { isErased, pastCustomerOf, stayingCustomers } from '../state/past-customers';
import type { PastCustomer } from '../state/records';
import type { Step } from '../state/step';
import { never, type Timed } from '../state/timed';
import type { Sought } from '../store/customer-files';
import type { Store } from '../store/store';

/** How many leave in one record: few enough that nobody waits for it. */
const leavingMax = 500;
/** How soon the next ones leave when that were not all, as after an upgrade from before there were files of them. */
const nextPassMs = 250;
/** How often it is looked who may leave, as a share of `customersKeptMs`. */
const passesPerKept = 24;
/** A start has other things to do first. */
const firstPassMs = 60_000;

/**
 * Keeps the state to customers who are here or were recently. The others are written to files first and then leave the
 * state, by a record; one who returns is found by their token and comes back, by a record that holds what the file
 * said. So a replay needs no file, and whoever is not in the state is in a file.
 */
export class PastCustomers implements Timed {
  private nextPassAt: number;
  private isPassing = false;

  constructor(
    private readonly loop: Pick<Loop, 'state' | 'sessions' | 'limits' | 'guard' | 'now' | 'step' | 'closedBecause'>,
    private readonly store: Pick<Store, 'putPast' | 'findPast'>,
  ) {
    this.nextPassAt = loop.now() + Math.min(firstPassMs, this.everyMs);
  }

  get nextAt(): number {
    return this.isPassing ? never : this.nextPassAt;
  }

  begin(step: Step): void {
    if (step.at < this.nextAt) return;
    this.nextPassAt = step.at + this.everyMs;
    this.isPassing = true;
    this.loop.guard.start(this.pass());
  }

  /**
   * When it resolves, the customer is in the state, if the hub knows them. Rejects with a message for a person when
   * the files can't be read now.
   */
  async recall(sought: Sought): Promise<void> {
    if ('customerId' in sought && this.loop.state.customers.has(sought.customerId)) return;
    const { loop } = this;
    const found = await this.store.findPast(sought);
    if (!found || loop.closedBecause || !mayReturn(loop.state, found)) return;
    const { customerId, lastReceptionist } = found;
    loop.step((step) => {
      step.add({ type: 'customer.returned', customer: found, at: step.at });
      // Refused when that agent has been removed since.
      if (lastReceptionist) {
        const { agentId: receptionistId, wroteAt } = lastReceptionist;
        step.route({ type: 'receptionist.recall', customerId, receptionistId, wroteAt });
      }
    });
  }

  /** As the hub knows them, without bringing them back. Rejects as `recall` does. */
  async find(sought: Sought): Promise<Omit<PastCustomer, 'devices' | 'lastReceptionist'> | null> {
    const { state } = this.loop;
    const held = () =>
      'customerId' in sought ? state.customers.get(sought.customerId) : state.customers.withToken(sought.tokenHash);
    const found = held() ?? (await this.store.findPast(sought));
    // They may have come back meanwhile.
    return held() ?? (found && mayReturn(state, found) ? found : null);
  }

  private get everyMs(): number {
    return this.loop.limits.customersKeptMs / passesPerKept;
  }

  /** For a clock moved by hand: everybody who may leave does. */
  async settle(): Promise<void> {
    while (await this.pass());
  }

  /** True when there may be more. */
  private async pass(): Promise<boolean> {
    const { loop, store } = this;
    const leaving = this.leaving();
    const areStored = leaving.length > 0 && (await store.putPast(leaving));
    this.isPassing = false;
    if (!areStored || loop.closedBecause) return false;
    const isPart = leaving.length === leavingMax;
    if (isPart) this.nextPassAt = loop.now() + nextPassMs;
    this.letGo(leaving);
    return isPart;
  }

  private leaving(): PastCustomer[] {
    const { state } = this.loop;
    const staying = stayingCustomers(state);
    const leaving: PastCustomer[] = [];
    for (const { customerId, hereAt } of state.customers.values()) {
      if (leaving.length === leavingMax || !this.isLong(hereAt)) break;
      if (this.mayLeave(customerId, staying)) leaving.push(pastCustomerOf(state, customerId));
    }
    return leaving;
  }

  /** Only those about whom nothing has changed since they were written. */
  private letGo(written: readonly PastCustomer[]) {
    this.loop.step((step) => {
      const { state } = step;
      const staying = stayingCustomers(state);
      const isUnchanged = (each: PastCustomer) =>
        JSON.stringify(pastCustomerOf(state, each.customerId)) === JSON.stringify(each);
      const customerIds = written
        .filter((each) => this.mayLeave(each.customerId, staying) && isUnchanged(each))
        .map(({ customerId }) => customerId);
      if (customerIds.length === 0) return;
      step.route({ type: 'receptionists.forget', customerIds });
      step.add({ type: 'customers.left', customerIds, at: step.at });
    });
  }

  private mayLeave(customerId: string, staying: ReadonlySet<string>): boolean {
    const { state, sessions } = this.loop;
    const customer = state.customers.get(customerId);
    if (!customer || state.threads.isHeldAt(customerId, this.loop.now()) || !this.isLong(customer.hereAt)) return false;
    return !staying.has(customerId) && !sessions.customerConnected(customerId);
  }

  private isLong(hereAt: number): boolean {
    return this.loop.now() - hereAt >= this.loop.limits.customersKeptMs;
  }
}

/** Not one who has returned meanwhile, from another tab, nor one of whom files are just being cleared. */
function mayReturn(state: HubState, found: Pick<PastCustomer, 'customerId' | 'seenAt' | 'endedAt'>): boolean {
  if (state.customers.has(found.customerId) || isErased(state, found.customerId)) return false;
  return state.expiring === null || lastSeenAt(found) >= state.expiring;
}
