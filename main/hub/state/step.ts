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

/** An answer, with the command's device and its number `n` there. */
export interface Answered {
  device: string;
  n: number;
  answer: Answer;
}

type CommandBody = { [T in CommandType]: Omit<CommandOf<T>, 'at'> }[CommandType];

/** One step of the hub in progress: its events in order, already applied to the state but not yet recorded. */
export class Step {
  readonly events: RecordedEvent[] = [];
  readonly seq: number;
  configChanged = false;
  /** The answer to the command this step executes; recorded with the events, so that a repeat gets the same one. */
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

  /** Runs a command in the core. A refusal may still bring events: deadlines already due are applied first (TM1). */
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
    const { conversationId, from, text, line, attachments, unread } = message;
    const messageId = `${this.seq}.${this.messages}`;
    const files = attachments?.length ? { attachments } : {};
    const added = { messageId, conversationId, at: this.at, from, text, line, ...files, ...(unread ? { unread } : {}) };
    this.add({ type: 'message.added', message: added });
  }

  /** Adds to the audit log. */
  note(note: AuditNote): void {
    this.notes += 1;
    this.add({ type: 'audit.noted', entry: { auditId: `${this.seq}.${this.notes}`, at: this.at, ...note } });
  }

  /** Runs during fan-out, before the record is appended; used for the command's answer. */
  tell(run: () => void): void {
    this.tells.push(run);
  }

  /** Runs once the record is appended, and may make further steps; used to end sessions. */
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

  /** Null when there is nothing to record. */
  get record(): HubRecord | null {
    if (this.events.length === 0 && !this.answered) return null;
    return { seq: this.seq, at: this.at, ...this.answered, events: this.events };
  }

  private push(recorded: RecordedEvent) {
    this.events.push(recorded);
    if (applyToHub(this.state, recorded)) this.configChanged = true;
  }
}
