import type { MessageView, SystemLine } from '../../../shared/protocol/views';
import type { RoutingEvent, RoutingEventOf } from '../../../shared/routing/index';
import type { HubState } from './hub-state';
import { settingsOf } from './routing-view';

export interface AddedLine {
  conversationId: string;
  line: NonNullable<MessageView['line']>;
  text: string;
}

/** The system lines these events add to conversations. `params` must never hold an id, because customers see them. */
export function systemLines(state: HubState, events: readonly RoutingEvent[]): AddedLine[] {
  const lines: AddedLine[] = [];
  const taken = new Set(
    events.flatMap((event) =>
      event.type === 'conversation.assigned' && event.how === 'claimed' ? event.conversationId : [],
    ),
  );
  for (const event of events) {
    // Begun by an agent (TR5): it has not waited.
    if (event.type === 'conversation.queued' && event.reason === 'opened' && taken.has(event.conversationId)) continue;
    for (const added of [redirectedTo(state, event), lineFor(state, event)]) if (added) lines.push(added);
  }
  return lines;
}

/** RD8: said when it goes to somebody else because an agent did not attend in time, until something new is true. */
function redirectedTo(state: HubState, event: RoutingEvent): AddedLine | null {
  const given =
    (event.type === 'offer.made' && event.kind === 'routed') ||
    (event.type === 'conversation.assigned' && event.how === 'automatic');
  if (!given) return null;
  const { conversationId } = event;
  const { redirect } = state.threads.must(conversationId);
  if (!redirect || redirect.said || redirect.fromAgentId === event.agentId) return null;
  return inOfficesWords(state, lineOf(state, conversationId, 'redirected', redirect.fromAgentId), 'redirected');
}

function lineOf(state: HubState, conversationId: string, code: SystemLine, agentId?: string): AddedLine {
  const name = agentId === undefined ? undefined : state.config.accounts.get(agentId)?.name;
  return { conversationId, text: '', line: { code, params: name === undefined ? {} : { name, agentName: name } } };
}

function lineFor(state: HubState, event: RoutingEvent): AddedLine | null {
  const line = (conversationId: string, code: SystemLine, agentId?: string) =>
    lineOf(state, conversationId, code, agentId);
  switch (event.type) {
    case 'conversation.queued':
      if (event.reason === 'transferred') return line(event.conversationId, 'returned');
      if (event.reason === 'moved') return null;
      if (event.reason === 'switched') return switchedLine(state, event);
      return {
        conversationId: event.conversationId,
        text: '',
        line: {
          code: event.reason === 'opened' ? 'queued' : 'reopened',
          params: { name: state.customers.get(event.customerId)?.name ?? '' },
        },
      };
    case 'conversation.assisted': {
      const name = state.routing.assistants.get(event.assistantId)?.name ?? '';
      const code = event.agentId === undefined ? 'assisted' : 'handedBack';
      return { conversationId: event.conversationId, text: '', line: { code, params: { name } } };
    }
    case 'conversation.assigned':
      return line(event.conversationId, event.how === 'transferred' ? 'transferred' : 'joined', event.agentId);
    case 'conversation.returned':
      if (event.reason === 'timedOut') return null;
      if (event.reason === 'leftOnline') return line(event.conversationId, 'returned');
      return line(event.conversationId, 'agentLeft', event.agentId);
    case 'conversation.silenceNoticed':
      return inOfficesWords(state, line(event.conversationId, 'customerSilent'), 'silenceNotice');
    case 'conversation.closed': {
      const code = { agent: 'endedByAgent', customer: 'endedByCustomer', system: 'endedBySystem' } as const;
      return line(event.conversationId, code[event.by], event.closedByAgentId);
    }
    default:
      return null;
  }
}

const switchLines = {
  askedForPerson: 'askedForPerson',
  handedOver: 'handedOver',
  silent: 'passedBy',
  gone: 'passedBy',
  withdrawn: 'passedBy',
} as const;

/** BO2, BO3: the customer is told in one line. An agent who takes it joins, and that is said. */
function switchedLine(state: HubState, event: RoutingEventOf<'conversation.queued'>): AddedLine | null {
  const { conversationId, fromAssistant = 'withdrawn', assistantId = '' } = event;
  if (fromAssistant === 'claimed') return null;
  const name = state.routing.assistants.get(assistantId)?.name ?? '';
  return { conversationId, text: '', line: { code: switchLines[fromAssistant], params: { name } } };
}

/** RD8, TR4: the text is a setting; null: the client uses its own words, empty: no line is added. */
function inOfficesWords(state: HubState, added: AddedLine, setting: 'redirected' | 'silenceNotice'): AddedLine | null {
  const groupId = state.threads.get(added.conversationId)?.groupId ?? '';
  const text = settingsOf(state.routing, groupId).texts[setting];
  return text === '' ? null : { ...added, text: text ?? '' };
}
