import type { HubRecord } from '../../../main/hub/state/records';
import { clockText, narrate } from '../../routing/stories/narrate';

const linesMax = 600;

/** The most recent steps, formatted only when printed. */
export class Story {
  private readonly told: { at: number; line: () => string }[] = [];
  private readonly names = new Map<string, string>();

  constructor(private readonly now: () => number) {}

  /** The world's acts begin with `> `; their effects are indented. */
  tell(line: () => string): void {
    this.told.push({ at: this.now(), line });
    if (this.told.length > linesMax) this.told.splice(0, linesMax / 2);
  }

  record(record: HubRecord): void {
    for (const recorded of record.events) this.nameIds(recorded);
    this.tell(() => `  record ${record.seq}${record.device ? ` by ${record.device} #${record.n}` : ''}`);
    for (const { of, event } of record.events)
      this.tell(() => {
        if (of === 'routing') return `    ${narrate(event) ?? event.type}`;
        return event.type === 'message.added' && event.message.text !== ''
          ? `    said in ${event.message.conversationId}: ${event.message.text}`
          : `    ${event.type}`;
      });
  }

  /** The last steps, with people's names where the hub has ids. */
  last(steps: number): string[] {
    const asked = this.told.map(({ line }) => line()).flatMap((line, index) => (line.startsWith('> ') ? [index] : []));
    return this.told.slice(asked.at(-steps) ?? 0).map(({ at, line }) => this.named(`${clockText(at)}  ${line()}`));
  }

  named(text: string): string {
    return text.replace(/\b(?:agent|group|conversation|customer|left)-[\w-]{16}/g, (id) => this.names.get(id) ?? id);
  }

  private nameIds({ event }: HubRecord['events'][number]): void {
    if (event.type === 'account.put') this.names.set(event.agentId, event.name);
    if (event.type === 'group.put') this.names.set(event.groupId, event.name);
    if (event.type === 'customer.seen') this.names.set(event.customerId, event.name);
    if (event.type !== 'conversation.queued' || this.names.has(event.conversationId)) return;
    const customer = this.names.get(event.customerId) ?? event.customerId;
    this.names.set(event.conversationId, `talk-${this.names.size}(${customer})`);
  }
}
