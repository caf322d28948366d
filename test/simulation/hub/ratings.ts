import type { HubRecord, RecordedEvent } from '../../../main/hub/state/records';
import { rateWithinMs } from '../../../shared/protocol/limits';

/** Twice is once, and one change. */
const timesMax = 2;

/** Who may rate what, by the records alone: one’s own, after its end, for twelve hours, at most twice. */
export class Ratings {
  private readonly owners = new Map<string, string>();
  private readonly endedAt = new Map<string, number>();
  private readonly times = new Map<string, number>();

  /** The rules that the record breaks, which is taken in. */
  note(record: HubRecord): string[] {
    return record.events.flatMap((recorded) => this.take(recorded, record));
  }

  private take({ of, event }: RecordedEvent, { seq, at, device = '' }: HubRecord): string[] {
    if (of === 'routing') {
      if (event.type === 'conversation.queued' || event.type === 'conversation.assisted') {
        this.owners.set(event.conversationId, event.customerId);
        this.endedAt.delete(event.conversationId);
      } else if (event.type === 'conversation.closed') this.endedAt.set(event.conversationId, event.at);
      return [];
    }
    if (event.type !== 'conversation.rated') return [];
    const { conversationId, customerId } = event;
    const endedAt = this.endedAt.get(conversationId);
    const times = (this.times.get(conversationId) ?? 0) + 1;
    this.times.set(conversationId, times);
    const broken: string[] = [];
    if (this.owners.get(conversationId) !== customerId || !device.startsWith(`${customerId}/`))
      broken.push('is rated by somebody else');
    if (endedAt === undefined || endedAt !== event.endedAt) broken.push('is rated before its end');
    if (endedAt !== undefined && at >= endedAt + rateWithinMs) broken.push('is rated too late');
    if (times > timesMax) broken.push(`is rated ${times} times`);
    return broken.map((each) => `rating: ${conversationId} ${each} (record ${seq})`);
  }
}
