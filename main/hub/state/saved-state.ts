import type { DateJump } from '../../../shared/protocol/views';
import { exportState, importState, type SavedRouting } from '../../../shared/routing/index';
import type { SavedAnswers } from './answer-book';
import type { SavedAudit } from './audit-log';
import { type ConfigJson, configFromJson, configToJson } from './config';
import type { Customer } from './customers';
import { createHubState, type HubState, type LetGo, type StateLimits } from './hub-state';
import type { SavedLeftMessage } from './left-messages';
import type { MissedRing } from './missed-rings';
import type { SavedThreads } from './threads';
import type { SavedTraces } from './traces';
import type { Upload } from './uploads';
import type { SavedWebhooks } from './webhooks';

/** Customers, their conversations and missed rings. */
export interface SavedDesk extends SavedThreads {
  customers: Customer[];
  missed: [agentId: string, MissedRing][];
}

/**
 * The whole state as of the record `seq`, as plain JSON. Holds only facts: indexes are rebuilt on load, and recent
 * records come from the journal.
 */
export interface SavedState {
  seq: number;
  at: number;
  routing: SavedRouting;
  config: ConfigJson;
  desk: SavedDesk;
  leftMessages: SavedLeftMessage[];
  uploads: Upload[];
  traces: SavedTraces;
  answers: SavedAnswers;
  audit: SavedAudit;
  webhooks: SavedWebhooks;
  erasing: [customerId: string, attachmentIds: readonly string[]][];
  erased: string[];
  expiring: number | null;
  dateJump: DateJump | null;
}

/** The configuration as of the record `seq`. */
export interface SavedConfig {
  seq: number;
  config: ConfigJson;
}

/** What a store holds beside the records to replay, which follow on `state`; without one they are the full history. */
export interface StoredBase {
  state: SavedState | null;
  /** Used instead of the state's own unless it is older. */
  config: SavedConfig | null;
}

export function saveState(state: HubState): SavedState {
  return {
    seq: state.seq,
    at: state.at,
    routing: exportState(state.routing),
    config: configToJson(state.config),
    desk: { customers: state.customers.save(), ...state.threads.save(), missed: state.missedRings.save() },
    leftMessages: state.leftMessages.save(),
    uploads: state.uploads.save(),
    traces: state.traces.save(),
    answers: state.answers.save(),
    audit: state.audit.save(),
    webhooks: state.webhooks.save(),
    erasing: [...state.erasing],
    erased: state.erased.entries().map(([customerId]) => customerId),
    expiring: state.expiring,
    dateJump: state.dateJump,
  };
}

/** The state to replay on. It takes over the base's objects, so the caller must not use them again. */
export function startingState({ state: saved, config }: StoredBase, limits: StateLimits, letGo?: LetGo): HubState {
  const state = createHubState(limits, letGo);
  if (saved) {
    state.seq = saved.seq;
    state.at = saved.at;
    state.routing = importState(saved.routing);
    state.config = configFromJson(saved.config);
    state.customers.load(saved.desk.customers);
    state.threads.load(saved.desk);
    state.missedRings.load(saved.desk.missed);
    state.leftMessages.load(saved.leftMessages);
    state.uploads.load(saved.uploads, state.threads.messages());
    state.traces.load(saved.traces);
    state.answers.load(saved.answers);
    state.audit.load(saved.audit);
    state.webhooks.load(saved.webhooks);
    for (const [customerId, attachmentIds] of saved.erasing) state.erasing.set(customerId, attachmentIds);
    for (const customerId of saved.erased) state.erased.add(customerId, true);
    state.expiring = saved.expiring;
    state.dateJump = saved.dateJump;
  }
  if (config && config.seq >= state.seq) state.config = configFromJson(config.config);
  return state;
}
