import { isDeepStrictEqual } from 'node:util';
import { createHubState, type HubState, replayRecord } from '../../../main/hub/state/hub-state';
import type { HubRecord } from '../../../main/hub/state/records';
import type { AuditEntry } from '../../../shared/protocol/audit';
import { comesBefore } from '../../../shared/protocol/message-page';
import type { MessageView } from '../../../shared/protocol/views';
import { defaultSettings, type RoutingEvent } from '../../../shared/routing';
import { brokenByEvent } from '../checks-of-events';
import { brokenAfterCommand } from '../checks-of-state';
import { createModel, type Model } from '../model';
import { take } from '../model-events';
import { type Access, accessOf } from './access';
import { simLimits } from './hub-process';
import { Places } from './places';
import { Ratings } from './ratings';
import { Summaries } from './summaries';

/** The unique mark in each text, by its author and conversation: `[Mei:17]`, `[Ana→Mei:18]`. */
export const saidPattern = /\[(?:(\w+)→)?(\w+):(\d+)\]/g;

/** PROTOCOL.md, `connected`, plus some latency. */
const toldGoneWithinMs = simLimits.presenceHoldMs + 200;

/** The truth by the records: a twin of the hub that only replays them, and the model of the core's simulator. */
export class Truth {
  twin: HubState = this.newTwin();
  /** The audit entries that can no longer change, in order. */
  settledAudit: AuditEntry[] = [];
  readonly places: Places;
  readonly summaries: Summaries;
  private ratings = new Ratings();
  private model: Model = createModel();
  private records: HubRecord[] = [];
  private access: Access[] = [];
  /** By person, device and cid: the record that executed the command. */
  private readonly executed = new Map<string, number>();
  private readonly firstN = new Map<string, number>();
  private readonly said = new Map<string, number>();
  private readonly messages = new Map<string, MessageView[]>();
  private readonly goneAt = new Map<string, number>();
  private readonly defaults = defaultSettings();

  constructor(private readonly now: () => number) {
    this.places = new Places(now);
    this.summaries = new Summaries(now);
  }

  get lastSeq(): number {
    return this.records.length;
  }

  record(seq: number): HubRecord | undefined {
    return this.records[seq - 1];
  }

  /** The access rights after each record; null if there is no such record. */
  accessAt(seq: number): Access | null {
    return this.access[seq - 1] ?? null;
  }

  timesSaid(text: string): number {
    return this.said.get(text) ?? 0;
  }

  /** PROTOCOL.md: refusals of a customer who is in no record yet are not kept, and their numbers may be skipped. */
  wasPassedBy(device: string, n: number | null): boolean {
    return n !== null && n < (this.firstN.get(device) ?? 0);
  }

  executedAt(device: string, cid: string): number | null {
    return this.executed.get(`${device} ${cid}`) ?? null;
  }

  /** All messages of a conversation, with notes and system lines. */
  messagesOf(conversationId: string): readonly MessageView[] {
    return this.messages.get(conversationId) ?? [];
  }

  /** When the agent's workstation disconnected; null: it is connected, or has not been since the hub started. */
  goneSince(agentId: string): number | null {
    return this.goneAt.get(agentId) ?? null;
  }

  /** Whether it disconnected so recently that the others may not have been told. */
  hasJustGone(agentId: string): boolean {
    return this.now() - (this.goneSince(agentId) ?? Number.NEGATIVE_INFINITY) < toldGoneWithinMs;
  }

  /** A record was appended. Returns the rules it breaks. */
  append(record: HubRecord): string[] {
    const broken = [...this.judge(record), ...this.fromBlocked(record), ...this.ratings.note(record)];
    this.takeIn(record);
    this.summaries.note(this.twin);
    broken.push(...brokenAfterCommand(this.model, this.defaults, record.at).map((each) => `record: ${each}`));
    return broken;
  }

  /** The records read from the disk must equal those appended. */
  differing(records: readonly HubRecord[]): string[] {
    return records
      .filter((record) => JSON.stringify(record) !== JSON.stringify(this.record(record.seq)))
      .map((record) => `disk: record ${record.seq} came back as another: ${JSON.stringify(record)}`);
  }

  /** A crash: only the records up to `lastSeq` are left. */
  cutBack(lastSeq: number): void {
    const kept = this.records.slice(0, lastSeq);
    this.settledAudit = [];
    this.twin = this.newTwin();
    this.model = createModel();
    this.ratings = new Ratings();
    this.records = [];
    this.access = [];
    this.executed.clear();
    this.said.clear();
    this.messages.clear();
    for (const record of kept) {
      this.ratings.note(record);
      for (const { of, event } of record.events) if (of === 'routing') take(this.model, event);
      this.takeIn(record);
    }
    this.summaries.startAnew(this.twin);
  }

  private newTwin(): HubState {
    return createHubState(simLimits, { entry: (entry) => this.settledAudit.push(entry) });
  }

  /** TR5: a left message that was begun and taken back may begin another conversation, but is in none twice. */
  private isThere({ conversationId, text }: MessageView, { events }: HubRecord): boolean {
    const isBegun = events.some(({ of, event }) => of === 'hub' && event.type === 'leftMessage.done');
    return isBegun ? this.messagesOf(conversationId).some((each) => each.text === text) : this.said.has(text);
  }

  /** Nothing of a blocked customer is ever executed. */
  private fromBlocked({ seq, at, device = '' }: HubRecord): string[] {
    const isTheirs = (customerId: string) => device.startsWith(`${customerId}/`);
    const holds = (until: number | null) => until === null || until > at;
    const blocks = [...this.twin.config.blocks.values()];
    const found = blocks.find(({ customerId, until }) => isTheirs(customerId) && holds(until));
    return found ? [`blocked: record ${seq} is ${found.customerName}'s, who is blocked`] : [];
  }

  /** Applies its events to the model one by one, checking each against the state before it. */
  private judge(record: HubRecord): string[] {
    const broken: string[] = [];
    const last = this.records.at(-1);
    if (last && record.at < last.at) broken.push(`TM1 record ${record.seq} is older than the one before`);
    const key = record.device === undefined ? null : `${record.device} ${record.answer?.cid}`;
    if (key !== null && this.executed.has(key)) broken.push(`once: the command ${key} is executed again`);
    for (const recorded of record.events) {
      if (recorded.of === 'hub') {
        if (recorded.event.type !== 'message.added') continue;
        const { message } = recorded.event;
        if (message.text.startsWith('[') && this.isThere(message, record))
          broken.push(`once: “${message.text}” is there twice`);
        broken.push(...this.wronglyUnread(message, record));
        continue;
      }
      try {
        broken.push(
          ...brokenByEvent(this.model, recorded.event, this.defaults, {
            beyondCapacity: true,
            byAgent: true,
            command: null,
            miss: true,
          }),
        );
      } catch (error) {
        broken.push(`record: ${String(error)}`);
      }
      take(this.model, recorded.event);
    }
    return broken;
  }

  /** UN1: an answer leaves unread what neither its writer nor that of an earlier one had seen, and the core is told. */
  private wronglyUnread({ messageId, conversationId, from, text, unread }: MessageView, record: HubRecord): string[] {
    if (from.kind !== 'agent') return [];
    const before = this.messagesOf(conversationId);
    const firstHeld = this.twin.threads.get(conversationId)?.messages[0]?.messageId ?? '0.0';
    const answers = [...before.filter((each) => each.from.kind === 'agent'), { messageId, text }];
    const seenUpTo = answers.map((each) => / after ([\d.]+)$/.exec(each.text)?.[1] ?? each.messageId);
    // The hub looks no further back than the messages it holds.
    if (comesBefore(seenUpTo.at(-1)!, firstHeld)) return [];
    const isUnread = (each: MessageView) =>
      each.from.kind === 'customer' && seenUpTo.every((seen) => comesBefore(seen, each.messageId));
    const rest = before.filter(isUnread);
    const wanted = rest.length === 0 ? undefined : { count: rest.length, since: rest[0]!.at };
    const told = record.events.find(({ event }) => event.type === 'conversation.message')?.event as {
      unseenSince?: number;
    };
    const broken = isDeepStrictEqual(unread, wanted)
      ? []
      : [`${JSON.stringify(unread)}, not ${JSON.stringify(wanted)}`];
    if (told?.unseenSince !== unread?.since) broken.push(`the core is told ${told?.unseenSince}`);
    return broken.map((each) => `UN1 “${text}” in ${conversationId} leaves unread ${each}`);
  }

  private takeIn(record: HubRecord): void {
    this.records.push(record);
    if (record.device !== undefined) {
      this.executed.set(`${record.device} ${record.answer?.cid}`, record.seq);
      if (!this.firstN.has(record.device)) this.firstN.set(record.device, record.n ?? 0);
    }
    for (const { of, event } of record.events) {
      if (of !== 'hub' || event.type !== 'message.added') continue;
      const { message } = event;
      this.said.set(message.text, this.timesSaid(message.text) + 1);
      this.messages.set(message.conversationId, [...this.messagesOf(message.conversationId), message]);
    }
    for (const { of, event } of record.events) if (of === 'routing') this.noteGone(event);
    replayRecord(this.twin, structuredClone(record), 0);
    this.access.push(accessOf(this.twin));
    this.places.note(this.twin);
  }

  private noteGone(event: RoutingEvent): void {
    if (event.type === 'agent.disconnected') {
      if (!this.goneAt.has(event.agentId)) this.goneAt.set(event.agentId, this.now());
    } else if (event.type === 'agent.connected') this.goneAt.delete(event.agentId);
    // Clients that were connected before are not told again.
    else if (event.type === 'hub.started') this.goneAt.clear();
  }
}
