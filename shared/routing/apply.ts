import * as assistant from './apply-assistant';
import {
  applyAcknowledged,
  applyAssigned,
  applyAssisted,
  applyClosed,
  applyConversationMissed,
  applyMessage,
  applyMoved,
  applyOverdue,
  applyQueued,
  applyReceptionistRecalled,
  applyReceptionistsForgotten,
  applyReturned,
  applyTransferFailed,
} from './apply-conversation';
import { applyOfferEnded, applyOfferMade, applyOfferMissed } from './apply-offer';
import * as setup from './apply-setup';
import { reindexConversation } from './indexes';
import { must } from './must';
import { type Conversation, NO_MARKS, type RoutingState, withoutMark } from './state';
import type { RoutingEvent, RoutingEventOf, RoutingEventType } from './types';

type Handlers = { [T in RoutingEventType]: (state: RoutingState, event: RoutingEventOf<T>) => void };

/** Changes one conversation; if it is waiting, the next assignment considers it again. */
function onConversation<T extends RoutingEventType & `conversation.${string}`>(
  change: (conversation: Conversation, event: RoutingEventOf<T>, state: RoutingState) => void,
): (state: RoutingState, event: RoutingEventOf<T>) => void {
  return (state, event) => {
    const conversation = must(state.conversations, event.conversationId);
    change(conversation, event, state);
    reindexConversation(state, conversation);
  };
}

const handlers: Handlers = {
  'settings.updated': setup.applySettingsUpdated,
  'group.put': setup.applyGroupPut,
  'group.removed': setup.applyGroupRemoved,
  'group.opened': setup.applyGroupOpened,
  'group.staffed': setup.applyGroupStaffed,
  'agent.put': setup.applyAgentPut,
  'agent.removed': setup.applyAgentRemoved,
  'agent.connected': setup.applyAgentConnected,
  'agent.disconnected': setup.applyAgentDisconnected,
  'agent.changed': setup.applyAgentChanged,
  'agent.afterThisSet': setup.applyAfterThisSet,
  'agent.receptionChanged': setup.applyAgentReceptionChanged,
  'agent.paced': setup.applyAgentPaced,
  'agent.paceEnded': setup.applyAgentPaceEnded,
  'assistant.put': assistant.applyAssistantPut,
  'assistant.removed': assistant.applyAssistantRemoved,
  'assistant.connected': assistant.applyAssistantConnected,
  'assistant.disconnected': assistant.applyAssistantDisconnected,
  'wrapUp.started': setup.applyWrapUpStarted,
  'wrapUp.ended': setup.applyWrapUpEnded,
  'hub.started': setup.applyHubStarted,
  'receptionists.forgotten': applyReceptionistsForgotten,
  'receptionist.recalled': applyReceptionistRecalled,
  'offer.made': applyOfferMade,
  'offer.ended': applyOfferEnded,
  'offer.missed': applyOfferMissed,
  'conversation.queued': applyQueued,
  'conversation.assisted': applyAssisted,
  'conversation.attached': () => {},
  'conversation.moved': applyMoved,
  'conversation.assigned': applyAssigned,
  'conversation.acknowledged': applyAcknowledged,
  'conversation.returned': applyReturned,
  'conversation.transferFailed': applyTransferFailed,
  'conversation.missed': applyConversationMissed,
  'conversation.message': applyMessage,
  'conversation.overdue': applyOverdue,
  'conversation.closed': applyClosed,
  'conversation.held': onConversation<'conversation.held'>((conversation, event) => {
    const hold = { since: event.at };
    if (event.rule === 'CH3') conversation.priorityHold = hold;
    else conversation.preferenceHold = hold;
  }),
  'conversation.holdEnded': onConversation<'conversation.holdEnded'>((conversation) => {
    conversation.priorityHold = 'over';
  }),
  'conversation.preferenceDropped': onConversation<'conversation.preferenceDropped'>((conversation) => {
    conversation.preferenceHold = 'over';
  }),
  'conversation.roundStarted': onConversation<'conversation.roundStarted'>((conversation) => {
    conversation.search = { ...conversation.search, tried: NO_MARKS, lastTryEndedAt: null };
  }),
  'conversation.coolingEnded': onConversation<'conversation.coolingEnded'>(({ search }, event) => {
    search.cooling = withoutMark(search.cooling, event.agentId);
  }),
  'conversation.throttled': onConversation<'conversation.throttled'>(({ search }, event) => {
    search.throttledUntil = event.until;
  }),
  'conversation.throttleEnded': onConversation<'conversation.throttleEnded'>(({ search }) => {
    search.throttledUntil = null;
  }),
  'conversation.flagged': onConversation<'conversation.flagged'>((conversation, _event, state) => {
    const flag = { atEvent: state.eventCount, offeredAtMoment: NO_MARKS };
    conversation.search = { ...conversation.search, tried: NO_MARKS, flag };
  }),
  'conversation.silenceNoticed': onConversation<'conversation.silenceNoticed'>((conversation, event) => {
    if (!conversation.silence) throw new Error(`${conversation.id} is not silent`);
    conversation.silence = { since: conversation.silence.since, noticedAt: event.at };
  }),
};

/**
 * Replays one recorded event; the only way the state changes (I10). Throws on an unknown type: a newer version's
 * journal must not be replayed in part.
 */
export function apply(state: RoutingState, event: RoutingEvent): void {
  const handler = handlers[event.type] as ((state: RoutingState, event: RoutingEvent) => void) | undefined;
  if (!handler) throw new Error(`unknown routing event: ${String(event.type)}`);
  state.eventCount += 1;
  state.recordedAt = event.at;
  if (event.at > state.clockAt) state.clockAt = event.at;
  handler(state, event);
}
