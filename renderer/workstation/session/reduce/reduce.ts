import type { OfficeState } from '../office-state';
import { afterSnapshot } from './after-snapshot';
import { reduceHubEvent } from './hub-event';
import type { OfficeChange } from './office-change';
import { earlierLoaded, looked, selected } from './reading';
import { reduceSending } from './sending';
import { withMember } from './with-member';
import { withoutCustomers } from './without-customers';

/** The reducer: the only place where the state changes. It is immutable, so changed parts are new values. */
export function reduce(state: OfficeState, change: OfficeChange): OfficeState {
  switch (change.kind) {
    case 'linkChanged':
      return { ...state, link: change.link };
    case 'welcomed':
      return { ...state, me: change.me, customerUrl: change.customerUrl };
    case 'hubEvent':
      return reduceHubEvent(state, change.event, change.isSeen);
    case 'caughtUp':
      return { ...(change.snapshot ? afterSnapshot(state, change.snapshot, change.seenId) : state), ready: true };
    case 'customersErased':
      return withoutCustomers(state, change.customerIds, change.isTheirs);
    case 'selected':
      return selected(state, change.conversationId);
    case 'seen':
      return { ...state, unread: state.unread.delete(change.conversationId) };
    case 'looked':
      return looked(state, change.conversationId);
    case 'readProblem':
      return { ...state, readProblem: change.problem };
    case 'earlierLoaded':
      return earlierLoaded(state, change);
    case 'typingChanged':
      return { ...state, typing: withMember(state.typing, change.conversationId, change.on) };
    case 'closingChanged':
      return { ...state, closing: change.closing };
    case 'noticed':
      return { ...state, notices: [...state.notices, change.notice] };
    case 'outboxChanged':
      return { ...state, unsent: change.unsent };
    default:
      return reduceSending(state, change);
  }
}
