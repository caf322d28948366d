import type { CustomerResult } from '../../../shared/protocol/customer-results';
import type { MessageView } from '../../../shared/protocol/views';
import { customerPage } from '../fan-out/message-pages';
import { customerMessageOf } from '../fan-out/views';
import type { Loop } from '../loop/loop';
import { ack, type Outcome, refused } from '../session/outcome';
import type { CustomerSession } from '../session/session';
import { officeOf } from '../state/config';
import { isErased } from '../state/past-customers';
import type { EarlierMessages } from '../state/thread';
import { pagedOf } from '../store/pages';
import type { Store } from '../store/store';
import { startOfDay } from '../system/days';
import { AtOnce } from './at-once';

type Answer = Outcome<CustomerResult<'conversation.past'>>;

/** What is read of a conversation that has ended, in the state or in the archive. */
interface Ended {
  customerId: string;
  conversationId: string;
  endedBefore?: number;
  messages: readonly MessageView[];
  earlier: EarlierMessages | null;
}

const nothing: CustomerResult<'conversation.past'> = { conversationId: null, messages: [], earlier: false, next: null };

/**
 * What a customer's earlier conversations were, where the office shows them: one at a time, the last first. Each says
 * when the one before it ended, so that it is read from its own day, and no search is made. Never notes, and nothing of
 * anybody else: whatever time is asked for, it is looked for as theirs.
 */
export class PastTalk {
  private readonly atOnce: AtOnce;

  constructor(
    private readonly loop: Pick<Loop, 'state' | 'limits' | 'log' | 'closedBecause'>,
    private readonly store: Pick<Store, 'archiveDays' | 'readArchived' | 'earlierPage'>,
  ) {
    this.atOnce = new AtOnce(loop);
  }

  read(
    session: CustomerSession,
    { endedAt, before: beforeId }: { endedAt: number | null; before?: string | undefined },
  ): Answer | Promise<Answer | null> {
    const { state } = this.loop;
    const { customerId } = session;
    const before = beforeId ?? null;
    if (!this.isAllowed) return refused({ code: 'pastOff', message: 'this office does not show what was said before' });
    const at = endedAt ?? state.customers.get(customerId)?.endedAt ?? null;
    if (at === null) return ack(nothing);
    return this.atOnce.run(session, async () => {
      const found = state.threads.endedAt(customerId, at) ?? (await this.archived(customerId, at));
      if (session.life !== 'open') return null;
      if (!found) return ack(nothing);
      const { messages, earlier } = customerPage(found, before) ?? (await this.pageOf(found, before));
      if (session.life !== 'open') return null;
      // Erased, expired or switched off meanwhile.
      const isGone = isErased(state, customerId) || (state.expiring !== null && at < state.expiring);
      if (isGone || !this.isAllowed) return ack(nothing);
      return ack({ conversationId: found.conversationId, messages, earlier, next: found.endedBefore ?? null });
    });
  }

  private get isAllowed(): boolean {
    return officeOf(this.loop.state.config).afterwards.past === true;
  }

  private async archived(customerId: string, endedAt: number): Promise<Ended | null> {
    const days = await this.store.archiveDays();
    const day = days.find(({ startsAt }) => startsAt === startOfDay(endedAt));
    return day ? this.store.readArchived(day.day, { customerId, endedAt }) : null;
  }

  /** Of a long one, from its pages. */
  private async pageOf(found: Ended, before: string | null) {
    const first = before ?? afterAllMessages;
    const { messages, earlier } = await this.store.earlierPage(pagedOf(found), first, false);
    return { messages: messages.flatMap((each) => customerMessageOf(each) ?? []), earlier };
  }
}

const afterAllMessages = '999999999999999.999999';
