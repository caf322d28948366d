import type { HubState } from '../../../main/hub/state/hub-state';
import { offerOf } from '../../../shared/routing';
import { Past } from './past';

/** QU5: a customer is told a new place within 15 s, plus 1 s in which the group is walked, plus some latency. */
const staleAfterMs = 17_000;

/** Each waiting customer's true places over time, by simple counting. */
export class Places {
  private readonly past: Past;

  constructor(now: () => number) {
    this.past = new Past(now);
  }

  note({ routing }: HubState): void {
    const waiting = [...routing.conversations.values()]
      .filter((each) => each.stage.kind === 'waiting' || offerOf(each)?.kind === 'routed')
      .sort((a, b) => a.priority - b.priority || a.enqueuedAt - b.enqueuedAt || a.seq - b.seq);
    const counted = new Map<string, number>();
    const places = new Map<string, number>();
    for (const { id, groupId } of waiting) {
      const place = (counted.get(groupId) ?? 0) + 1;
      counted.set(groupId, place);
      places.set(id, place);
    }
    for (const id of new Set([...this.past.ids(), ...places.keys()])) this.past.note(id, places.get(id) ?? null);
  }

  /** Whether the conversation had this place recently enough for its customer to see it still. */
  wasLately(conversationId: string, place: number | null): boolean {
    return this.past.had(conversationId, place, staleAfterMs);
  }
}
