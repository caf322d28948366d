import {
  type Command,
  type CommandOf,
  type CommandType,
  type Refusal,
  type RoutingEvent,
  route,
} from '../../../shared/routing/index';
import type { AuditNote } from '../audit/audit';
import { systemLines } from '../fan-out/lines';
import { applyToHub, type HubState } from '../state/hub-state';
import type { Answer, HubEvent, HubRecord, RecordedEvent } from '../state/records';

type CommandBody = { [T in CommandType]: Omit<CommandOf<T>, 'at'> }[CommandType];

/** One step of the hub while it is being made: what it records, in order, already applied in memory. */
export class Step {
  readonly events: RecordedEvent[] = [];
  readonly seq: number;
  configChanged = false;
  private messages = 0;
  private notes = 0;

  constructor(
    readonly state: HubState,
    readonly at: number,
  ) {
    this.seq = state.seq + 1;
  }

  /** The core decides. A refusal may come with events: what was due is done first (TM1). */
  route(command: CommandBody): { refusal: Refusal | null; events: RoutingEvent[] } {
    const { events, refusal } = route(this.state.routing, { ...command, at: this.at } as Command);
    for (const event of events) this.push({ of: 'routing', event });
    for (const { conversationId, line, text } of systemLines(this.state, events))
      this.message({ conversationId, from: { kind: 'system' }, text, line });
    return { refusal, events };
  }

  add(event: HubEvent): void {
    this.push({ of: 'hub', event });
  }

  message(message: Omit<Extract<HubEvent, { type: 'message.added' }>['message'], 'messageId' | 'at'>): void {
    this.messages += 1;
    const { conversationId, from, text, line, attachments } = message;
    const messageId = `${this.seq}.${this.messages}`;
    const files = attachments?.length ? { attachments } : {};
    const added = { messageId, conversationId, at: this.at, from, text, line, ...files };
    this.add({ type: 'message.added', message: added });
  }

  /** For the audit log. */
  note(note: AuditNote): void {
    this.notes += 1;
    this.add({ type: 'audit.noted', entry: { auditId: `${this.seq}.${this.notes}`, at: this.at, ...note } });
  }

  record(command: { device: string; n: number; answer: Answer } | null): HubRecord {
    return { seq: this.seq, at: this.at, ...command, events: this.events };
  }

  private push(recorded: RecordedEvent) {
    this.events.push(recorded);
    if (applyToHub(this.state, recorded)) this.configChanged = true;
  }
}
