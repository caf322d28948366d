import type { MessagePage } from '../../../shared/protocol/message-page';
import type { CustomerMessageView, MessageView } from '../../../shared/protocol/views';
import { agentPage, customerPage } from '../fan-out/message-pages';
import { customerMessageOf } from '../fan-out/views';
import type { Loop } from '../loop/loop';
import { ack, type Outcome, refused } from '../session/outcome';
import type { AgentSession, CustomerSession } from '../session/session';
import { pagedOf } from '../store/pages';
import type { Store } from '../store/store';
import { AtOnce } from './at-once';

type Page<Message> = Outcome<MessagePage<Message>>;
/** Synchronous when the state holds the messages, else a promise. */
type Answer<Message> = Page<Message> | Promise<Page<Message>>;

/** Pages of an open conversation: answered from the state if it holds the messages, else read from disk. */
export class EarlierPages {
  private readonly atOnce: AtOnce;

  constructor(
    private readonly loop: Pick<Loop, 'state' | 'limits' | 'log' | 'closedBecause'>,
    private readonly store: Pick<Store, 'earlierPage'>,
  ) {
    this.atOnce = new AtOnce(loop);
  }

  forAgent(
    session: AgentSession,
    { conversationId, before }: { conversationId: string; before: string },
  ): Answer<MessageView> {
    const find = () => this.loop.state.threads.get(conversationId);
    const conversation = find();
    const message = 'you hold no messages of this conversation; watch it first';
    const unknown = refused({ code: 'unknownConversation', message, field: 'conversationId' });
    if (!conversation || !session.reads.has(conversationId)) return unknown;
    const here = agentPage(conversation, before);
    if (here) return ack(here);
    return this.atOnce.run(session, async () => {
      const page = await this.store.earlierPage(pagedOf(conversation), before, true);
      return find() === conversation && session.reads.has(conversationId) ? ack(page) : unknown;
    });
  }

  forCustomer(session: CustomerSession, { before }: { before: string }): Answer<CustomerMessageView> {
    const find = () => this.loop.state.threads.latestOf(session.customerId);
    const conversation = find();
    const gone = refused({ code: 'conversationClosed', message: 'there is no conversation' });
    if (!conversation) return gone;
    const here = customerPage(conversation, before);
    if (here) return ack(here);
    return this.atOnce.run(session, async () => {
      const { messages, earlier } = await this.store.earlierPage(pagedOf(conversation), before, false);
      const seen = messages.flatMap((message) => customerMessageOf(message) ?? []);
      return find() === conversation ? ack({ messages: seen, earlier }) : gone;
    });
  }
}
