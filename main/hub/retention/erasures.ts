import type { AuditActor } from '../../../shared/protocol/audit';
import type { Loop } from '../loop/loop';
import { type CommandRefusal, done, type Outcome, refused } from '../session/outcome';
import { backupName } from '../store/backup-file';
import type { Store } from '../store/store';
import { kindOf } from '../system/error-kind';
import type { PastCustomers } from './past-customers';

export const unknownCustomer: CommandRefusal = {
  code: 'unknownCustomer',
  message: 'there is no such customer; one who has been erased is not known any more',
  field: 'customerId',
};

/** Erases customers from the state and then from every file (STORAGE.md, "Erasing a customer"). */
export class Erasures {
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly loop: Pick<Loop, 'state' | 'sessions' | 'log' | 'now' | 'step' | 'drop' | 'closedBecause'>,
    private readonly store: Pick<Store, 'erase'>,
    private readonly past: Pick<PastCustomers, 'recall'>,
  ) {}

  /** Acknowledged when complete; an interrupted one is resumed at the next start or when asked again. */
  async erase(customerId: string, by: AuditActor): Promise<Outcome<undefined>> {
    const { state } = this.loop;
    const isUnderWay = () => state.erasing.has(customerId);
    try {
      if (!isUnderWay() && !state.customers.has(customerId)) await this.past.recall({ customerId });
      if (!isUnderWay() && !state.customers.has(customerId)) return refused(unknownCustomer);
      this.needsHub();
      if (!isUnderWay()) this.forget(customerId, by);
      await this.finish();
      return done;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return refused({ code: 'eraseFailed', message });
    }
  }

  /** Erases from the files those who are erased in the state already. */
  finish(): Promise<void> {
    const passed = this.turn.then(() => this.pass());
    this.turn = passed.catch((error) => this.loop.log.error('erase.failed', { ...kindOf(error) }));
    return passed;
  }

  private forget(customerId: string, by: AuditActor) {
    const { loop } = this;
    const { routing, threads } = loop.state;
    const held = [...threads.held()].filter((each) => each.customerId === customerId);
    const theirs = new Set(held.map(({ conversationId }) => conversationId));
    // First the core closes their conversations and then their wrap-ups, so that all clients are told.
    loop.step((step) => {
      for (const { id: conversationId, customerId: whose } of [...routing.conversations.values()])
        if (whose === customerId) step.route({ type: 'conversation.close', conversationId, by: 'system' });
      for (const { id: agentId, wrapUps } of routing.agents.values())
        for (const conversationId of [...wrapUps.keys()])
          if (theirs.has(conversationId)) step.route({ type: 'wrapUp.done', agentId, conversationId });
    });
    loop.step((step) => {
      step.note({ by, action: 'customer.erase', subject: customerId, changes: [] });
      step.add({ type: 'customer.erased', customerId, attachmentIds: this.filesOf(customerId) });
    });
    // With the events above every tab forgets its token, so that they return as a new customer.
    for (const session of loop.sessions.customer(customerId)) loop.drop(session, 'newEpoch');
  }

  private filesOf(customerId: string): string[] {
    const { uploads, threads } = this.loop.state;
    const named = [...threads.held()]
      .filter((each) => each.customerId === customerId)
      .flatMap(({ messages }) => messages);
    const ids = named.flatMap(({ attachments = [] }) => attachments.map(({ attachmentId }) => attachmentId));
    return [...new Set([...ids, ...uploads.of(customerId)])];
  }

  private async pass() {
    const { loop, store } = this;
    const customerIds = [...loop.state.erasing.keys()];
    if (customerIds.length === 0) return;
    this.needsHub();
    await store.erase(customerIds, [...loop.state.erasing.values()].flat(), backupName(loop.now()));
    this.needsHub();
    loop.step((step) => {
      for (const customerId of customerIds) step.add({ type: 'customer.erasureFinished', customerId });
    });
    loop.log.info('customers.erased', { customerIds });
  }

  /** Once this hub is over, the next one starts from the disk, which may not have these erasures. */
  private needsHub() {
    if (this.loop.closedBecause) throw new Error('The hub was stopped meanwhile.');
  }
}
