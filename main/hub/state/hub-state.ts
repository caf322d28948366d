import type { AuditEntry } from '../../../shared/protocol/audit';
import type { DateJump } from '../../../shared/protocol/views';
import { apply, createRouting, type RoutingState } from '../../../shared/routing/index';
import { RecentMap } from '../../../shared/routing/recent-map';
import type { HubLimits } from '../limits';
import { AnswerBook } from './answer-book';
import { AuditLog } from './audit-log';
import { applyHubToConfig, applyRoutingToConfig, type Config, dropNames, emptyConfig } from './config';
import { Customers } from './customers';
import { LeftMessages } from './left-messages';
import { MissedRings } from './missed-rings';
import { RecentRecords } from './recent-records';
import type { HubEvent, HubRecord, RecordedEvent } from './records';
import { RunningDigest } from './running-digest';
import { Threads, type ThreadsLetGo } from './threads';
import { Traces } from './traces';
import { Uploads } from './uploads';
import { Webhooks } from './webhooks';

/** Everything the hub knows. Only recorded events change it, so a replay rebuilds all of it. */
export interface HubState {
  seq: number;
  at: number;
  routing: RoutingState;
  config: Config;
  customers: Customers;
  threads: Threads;
  missedRings: MissedRings;
  leftMessages: LeftMessages;
  uploads: Uploads;
  traces: Traces;
  answers: AnswerBook;
  audit: AuditLog;
  webhooks: Webhooks;
  /** Customers erased from the state who may still be in files on disk, with the attachments that may be theirs. */
  erasing: Map<string, readonly string[]>;
  /** Ids of the customers erased last, so that a workstation that was offline drops them too. */
  erased: RecentMap<true>;
  /** What ended before this time has left the state but may still be in files; null: expiry is finished. */
  expiring: number | null;
  /** Set when the clock has jumped so far that nothing expires until a supervisor confirms the date. */
  dateJump: DateJump | null;
  recent: RecentRecords;
  digest: RunningDigest;
}

/** The limits the state depends on. */
export type StateLimits = Pick<
  HubLimits,
  | 'closedShownMs'
  | 'conversationMessagesMax'
  | 'answersPerDeviceMax'
  | 'devicesPerPersonMax'
  | 'apiKeysMax'
  | 'apiKeysKeptMs'
  | 'recentRecordsMax'
  | 'erasedToldMax'
>;

/** Callbacks for what leaves the state and has to be stored elsewhere. */
export interface LetGo extends ThreadsLetGo {
  /** An audit entry that is final. */
  entry?(entry: AuditEntry): void;
}

export function createHubState(limits: StateLimits, letGo: LetGo = {}): HubState {
  const customers = new Customers();
  const threads = new Threads(customers, limits, letGo);
  return {
    seq: 0,
    at: 0,
    routing: createRouting(),
    config: emptyConfig(),
    customers,
    threads,
    missedRings: new MissedRings(customers, threads),
    leftMessages: new LeftMessages(limits.closedShownMs, letGo.conversation),
    uploads: new Uploads(),
    traces: new Traces(),
    answers: new AnswerBook(limits),
    audit: new AuditLog(letGo.entry),
    webhooks: new Webhooks(),
    erasing: new Map(),
    erased: new RecentMap(limits.erasedToldMax),
    expiring: null,
    dateJump: null,
    recent: new RecentRecords(limits.recentRecordsMax),
    digest: new RunningDigest(),
  };
}

/** Applies an event to the hub's part of the state; the core has already applied its own. True: config changed. */
export function applyToHub(state: HubState, recorded: RecordedEvent): boolean {
  const { config, customers } = state;
  applyToWork(state, recorded);
  if (recorded.of === 'routing') return applyRoutingToConfig(config, recorded.event);
  if (recorded.event.type === 'history.expired') return dropNames(config, (each) => customers.has(each));
  return applyHubToConfig(config, recorded.event);
}

/** Everything but the configuration. */
function applyToWork(state: HubState, recorded: RecordedEvent): void {
  const { of, event } = recorded;
  if (of === 'routing') {
    state.threads.applyRouting(event);
    state.missedRings.apply(event);
    state.traces.apply(event);
  } else {
    state.customers.apply(event, state.at);
    state.threads.applyHub(event);
    state.leftMessages.apply(event, state.at);
    state.uploads.apply(event);
    state.audit.apply(event);
    if (event.type === 'customer.erased') eraseCustomer(state, event);
    else if (event.type === 'apiToken.revoked') state.answers.forget(event.tokenId);
    else if (event.type === 'customers.left') customersLeft(state, event.customerIds);
    else if (event.type === 'customer.returned') customerReturned(state, event);
    else if (event.type === 'customer.erasureFinished') state.erasing.delete(event.customerId);
    else if (event.type === 'history.expired') expire(state, event.before);
    else if (event.type === 'history.expiryFinished') state.expiring = null;
    else if (event.type === 'date.jumped') state.dateJump = { from: event.from, to: event.to };
    else if (event.type === 'date.confirmed') state.dateJump = null;
  }
  state.webhooks.apply(recorded, state);
}

/** The core is left alone: it holds only ids, which no longer lead to a person. */
function eraseCustomer(
  { customers, threads, missedRings, leftMessages, uploads, traces, answers, erasing, erased }: HubState,
  { customerId, attachmentIds }: Extract<HubEvent, { type: 'customer.erased' }>,
): void {
  customers.erase(customerId);
  threads.erase(customerId);
  missedRings.erase(customerId);
  leftMessages.erase(customerId);
  uploads.erase(customerId, attachmentIds, threads.messages());
  traces.erase(customerId);
  answers.forget(customerId);
  erasing.set(customerId, attachmentIds);
  erased.add(customerId, true);
}

/** The core forgets their last receptionists by events of its own. */
function customersLeft({ customers, answers }: HubState, customerIds: readonly string[]): void {
  for (const customerId of customerIds) {
    customers.leave(customerId);
    answers.forget(customerId);
  }
}

function customerReturned(
  { customers, answers }: HubState,
  { customer, at }: Extract<HubEvent, { type: 'customer.returned' }>,
): void {
  customers.back(customer, at);
  answers.takeBack(customer.customerId, customer.devices);
}

function expire(state: HubState, before: number): void {
  const { customers, threads, leftMessages } = state;
  leftMessages.expire(before);
  threads.expire(before);
  const isOfUse = (id: string) => threads.latestOf(id) !== null || leftMessages.openOf(id) > 0;
  const gone = customers.expire(before, isOfUse);
  for (const customerId of gone) state.answers.forget(customerId);
  state.uploads.keepNamed(threads.messages());
  state.traces.expire(before);
  state.audit.expire(before);
  state.expiring = before;
}

export function noteRecord(state: HubState, record: HubRecord): void {
  state.seq = record.seq;
  state.at = record.at;
  state.recent.note(record);
  state.leftMessages.forget(record.at);
  if (record.device !== undefined && record.n !== undefined && record.answer !== undefined)
    state.answers.note(record.device, record.n, { seq: record.seq, answer: record.answer }, record.at);
  state.digest.note(state, record);
}

/**
 * Replays one record. The configuration already includes records up to `configSeq` (`config.json`). A record the state
 * already includes is only kept for clients that resume. True when the record changed the configuration.
 */
export function replayRecord(state: HubState, record: HubRecord, configSeq: number): boolean {
  if (record.seq <= state.seq) {
    state.recent.note(record);
    return false;
  }
  let configChanged = false;
  for (const recorded of record.events) {
    if (recorded.of === 'routing') apply(state.routing, recorded.event);
    if (record.seq > configSeq) configChanged = applyToHub(state, recorded) || configChanged;
    else applyToWork(state, recorded);
  }
  noteRecord(state, record);
  return configChanged;
}
