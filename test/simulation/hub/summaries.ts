import type { HubState } from '../../../main/hub/state/hub-state';
import type { ConversationView } from '../../../shared/protocol/views';
import { inspect } from '../../../shared/routing';
import { simLimits } from './hub-process';
import { Past } from './past';

/** PROTOCOL.md, "Once a second", plus some latency. */
const staleAfterMs = simLimits.summaryEveryMs + 100;

type Summary = Pick<ConversationView, 'preview' | 'lastMessageAt' | 'unansweredSince' | 'unanswered'>;

/** What messages and assignments alone change, over time: others may be told of it late. */
export class Summaries {
  private readonly conversations: Past;
  private readonly loads: Past;

  constructor(now: () => number) {
    this.conversations = new Past(now);
    this.loads = new Past(now);
  }

  note({ threads, routing }: HubState): void {
    for (const thread of threads.values()) this.conversations.note(thread.conversationId, keyOf(thread));
    for (const [agentId, { load }] of Object.entries(inspect(routing).agents)) this.loads.note(agentId, load);
  }

  /** After a start everybody is told everything. */
  startAnew(state: HubState): void {
    this.conversations.clear();
    this.loads.clear();
    this.note(state);
  }

  wasLately(conversationId: string, summary: Summary): boolean {
    return this.conversations.had(conversationId, keyOf(summary), staleAfterMs);
  }

  wasLoadLately(agentId: string, load: number): boolean {
    return this.loads.had(agentId, load, staleAfterMs);
  }
}

export function summaryOf({ preview, lastMessageAt, unansweredSince, unanswered }: Summary): Summary {
  return { preview, lastMessageAt, unansweredSince, unanswered };
}

function keyOf(summary: Summary): string {
  return JSON.stringify(summaryOf(summary));
}
