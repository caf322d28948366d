import {
  type Command,
  type CommandOf,
  type CommandType,
  type Refusal,
  type RoutingEvent,
  route,
} from '../../../shared/routing/index';
import type { AuditNote } from './audit-log';
import { applyToHub, type HubState } from './hub-state';
import type { Answer, HubEvent, HubRecord, RecordedEvent } from './records';
import { systemLines } from './system-lines';

/** By the device's own number. */
export interface Answered {
  device: string;
  n: number;
  answer: Answer;
}

type CommandBody = { [T in CommandType]: Omit<CommandOf<T>, 'at'> }[CommandType];

/** One step of the hub while it is being made: what it records, in order, already applied in memory. */
export class Step {
  readonly events: RecordedEvent[] = [];
  readonly seq: number;
  configChanged = false;
  /** The command that this step executes, and its answer: recorded with what it did, and given again to a repeat. */
  answered: Answered | null = null;
  private readonly tells: (() => void)[] = [];
  private readonly afters: (() => void)[] = [];
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

  /** Runs when what the step did is told, before it is appended: the answer to its command. */
  tell(run: () => void): void {
    this.tells.push(run);
  }

  /** Runs when it is appended, and may make steps of its own: ends sessions. */
  afterwards(run: () => void): void {
    this.afters.push(run);
  }

  /** For the loop alone. */
  runTells(): void {
    for (const run of this.tells) run();
  }

  /** For the loop alone. */
  runAfterwards(): void {
    for (const run of this.afters) run();
  }

  /** Null: there is nothing to record. */
  get record(): HubRecord | null {
    if (this.events.length === 0 && !this.answered) return null;
    return { seq: this.seq, at: this.at, ...this.answered, events: this.events };
  }

  private push(recorded: RecordedEvent) {
    this.events.push(recorded);
    if (applyToHub(this.state, recorded)) this.configChanged = true;
  }
}
