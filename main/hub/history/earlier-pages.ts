import { agentPage, customerPage } from '../fan-out/message-pages';
import { customerMessageOf } from '../fan-out/views';
import type { Hub } from '../loop/hub';
import { ack, type CommandOutcome, refused } from '../session/outcome';
import type { AgentSession, CustomerSession } from '../session/session';
import { pagedOf } from '../store/pages';
import type { Store } from '../store/store';
import { AtOnce } from './at-once';

/** Pages of an open conversation: at once while the state has the messages, and later when they have to be read. */
export class EarlierPages {
  private readonly atOnce: AtOnce;

  constructor(
    private readonly hub: Hub,
    private readonly store: Pick<Store, 'earlierPage'>,
  ) {
    this.atOnce = new AtOnce(hub);
  }

  forAgent(
    session: AgentSession,
    { cid, conversationId, before }: { cid: string; conversationId: string; before: string },
  ): CommandOutcome | Promise<CommandOutcome | null> {
    const find = () => this.hub.state.desk.conversations.get(conversationId);
    const conversation = find();
    const message = 'you hold no messages of this conversation; watch it first';
    const unknown = refused(cid, { code: 'unknownConversation', message, field: 'conversationId' });
    if (!conversation || !session.reads.has(conversationId)) return unknown;
    const here = agentPage(conversation, before);
    if (here) return ack(cid, { ...here });
    return this.atOnce.run(session, cid, async () => {
      const page = await this.store.earlierPage(pagedOf(conversation), before, true);
      return find() === conversation && session.reads.has(conversationId) ? ack(cid, { ...page }) : unknown;
    });
  }

  forCustomer(
    session: CustomerSession,
    { cid, before }: { cid: string; before: string },
  ): CommandOutcome | Promise<CommandOutcome | null> {
    const find = () => this.hub.state.desk.latestOf(session.customerId);
    const conversation = find();
    const gone = refused(cid, { code: 'conversationClosed', message: 'there is no conversation' });
    if (!conversation) return gone;
    const here = customerPage(conversation, before);
    if (here) return ack(cid, { ...here });
    return this.atOnce.run(session, cid, async () => {
      const { messages, earlier } = await this.store.earlierPage(pagedOf(conversation), before, false);
      const seen = messages.flatMap((message) => customerMessageOf(message) ?? []);
      return find() === conversation ? ack(cid, { messages: seen, earlier }) : gone;
    });
  }
}
