import { apply, createRouting, type RoutingState } from '../../../shared/routing/index';
import type { HubLimits } from '../limits';
import { AnswerBook } from './answer-book';
import { applyHubToConfig, applyRoutingToConfig, type Config, emptyConfig } from './config';
import { Desk } from './desk';
import type { HubRecord, RecordedEvent } from './records';

/** Everything the hub knows. Changed by recorded events only, so that a replay rebuilds all of it. */
export interface HubState {
  seq: number;
  at: number;
  routing: RoutingState;
  config: Config;
  desk: Desk;
  answers: AnswerBook;
}

export function createHubState(limits: HubLimits): HubState {
  return {
    seq: 0,
    at: 0,
    routing: createRouting(),
    config: emptyConfig(),
    desk: new Desk(limits.closedShownMs),
    answers: new AnswerBook(limits),
  };
}

/** The hub's own side of an event; the core has applied its own to itself. True when the configuration changed. */
export function applyToHub(state: HubState, { of, event }: RecordedEvent): boolean {
  if (of === 'routing') {
    state.desk.applyRouting(event);
    return applyRoutingToConfig(state.config, event);
  }
  state.desk.applyHub(event);
  return applyHubToConfig(state.config, event);
}

export function noteRecord(state: HubState, record: HubRecord): void {
  state.seq = record.seq;
  state.at = record.at;
  if (record.device !== undefined && record.n !== undefined && record.answer !== undefined)
    state.answers.note(record.device, record.n, { seq: record.seq, answer: record.answer });
}

/** Replays one record; `configSeq` is what the configuration already holds (`config.json`). */
export function replayRecord(state: HubState, record: HubRecord, configSeq: number): void {
  for (const recorded of record.events) {
    if (recorded.of === 'routing') apply(state.routing, recorded.event);
    if (record.seq > configSeq) applyToHub(state, recorded);
    else if (recorded.of === 'routing') state.desk.applyRouting(recorded.event);
    else state.desk.applyHub(recorded.event);
  }
  noteRecord(state, record);
}
