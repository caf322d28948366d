import type { HubState } from '../../../main/hub/state/hub-state';
import { offerOf } from '../../../shared/routing';

/** QU5: a customer is told a new place within 15 s, plus 1 s in which the group is walked, plus some latency. */
const staleAfterMs = 17_000;

interface Stay {
  place: number | null;
  until: number | null;
}

/** Each waiting customer's true places over time, by simple counting. */
export class Places {
  private readonly stays = new Map<string, Stay[]>();

  constructor(private readonly now: () => number) {}

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
    for (const id of new Set([...this.stays.keys(), ...places.keys()])) this.move(id, places.get(id) ?? null);
  }

  /** Whether the conversation had this place recently enough for its customer to see it still. */
  wasLately(conversationId: string, place: number | null): boolean {
    const since = this.now() - staleAfterMs;
    const stays = this.stays.get(conversationId);
    if (!stays) return place === null;
    return stays.some((stay) => stay.place === place && (stay.until === null || stay.until >= since));
  }

  private move(id: string, place: number | null): void {
    const stays = this.stays.get(id) ?? [];
    const last = stays.at(-1);
    if (last?.place === place) return;
    if (last) last.until = this.now();
    stays.push({ place, until: null });
    if (stays.length > 60) stays.shift();
    this.stays.set(id, stays);
  }
}
