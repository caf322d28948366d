import type { LeftAssistant, Refusal, RoutingEvent, RoutingEventOf, Skipped, Why } from '../../../shared/routing';

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Mon 09:00:05`, with milliseconds only where there are some. UTC, so that it reads the same everywhere. */
export function clockText(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  const ms = at % 1_000 === 0 ? '' : `.${String(date.getUTCMilliseconds()).padStart(3, '0')}`;
  return `${dayNames[date.getUTCDay()]} ${date.toISOString().slice(11, 19)}${ms}`;
}

const skippedWords: Record<keyof Skipped, string> = {
  offline: 'offline',
  disconnected: 'disconnected',
  busy: 'busy',
  shortBreak: 'on a short break',
  full: 'full',
  cooling: 'waiting a moment',
  tried: 'asked before',
  lowerPriority: 'of lower priority',
};

const leftWords: Record<LeftAssistant, string> = {
  askedForPerson: 'the customer asked for a person',
  handedOver: 'the assistant handed it over',
  claimed: 'taken from the assistant',
  silent: 'the assistant did not answer',
  gone: 'the assistant is gone',
  withdrawn: 'the assistant serves the group no more',
};

/** EX1 in one sentence's worth of words. */
export function whyText(why: Why, agentId: string): string {
  const rules: Record<Why['rule'], string> = {
    CH1: `${agentId} has the least to do`,
    CH2: `${agentId} comes first of those who could`,
    LR2: `${agentId} served this customer last`,
    TR1: 'taken by hand',
    TR2: 'handed over',
  };
  const passed = (Object.entries(why.skipped) as [keyof Skipped, number][])
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${skippedWords[reason]}`);
  const next = why.runnerUp === null ? '' : `; next would be ${why.runnerUp}`;
  const from = why.fromAssistant === undefined ? '' : `; ${leftWords[why.fromAssistant]}`;
  return `${rules[why.rule]}${next}${passed.length > 0 ? `; passed over: ${passed.join(', ')}` : ''}${from}`;
}

const statusWords = { online: 'online', busy: 'busy', shortBreak: 'on a short break', offline: 'offline' };

function until(at: number | null): string {
  return at === null ? 'without a limit' : `until ${clockText(at).slice(4)}`;
}

function offerMade(event: RoutingEventOf<'offer.made'>): string {
  const { conversationId, agentId, deadline } = event;
  if (event.kind === 'transfer') {
    const note = event.note ? `, with the note “${event.note}”` : '';
    return `${event.fromAgentId}'s ${conversationId} rings at ${agentId} ${until(deadline)}${note}.`;
  }
  return `${conversationId} rings at ${agentId} ${until(deadline)}. Why: ${whyText(event.why, agentId)}.`;
}

function offerEnded(event: RoutingEventOf<'offer.ended'>): string {
  const { conversationId: who, agentId } = event;
  switch (event.outcome) {
    case 'accepted':
      return `${agentId} accepts ${who}.`;
    case 'declined':
      return `${agentId} declines ${who}${event.reason ? ` (${event.reason})` : ''}.`;
    case 'timedOut':
      return `${agentId} did not answer ${who}${event.miss ? ', a miss' : ''}.`;
    case 'withdrawn':
      return `${who} stops ringing at ${agentId}.`;
  }
}

function assigned(event: RoutingEventOf<'conversation.assigned'>): string {
  const { conversationId: who, agentId } = event;
  const from = event.fromAgentId === undefined ? '' : ` from ${event.fromAgentId}`;
  switch (event.how) {
    case 'accepted':
      return `${agentId} is talking to ${who}.`;
    case 'automatic': {
      const answer = event.attendBy == null ? '' : ` and is to answer ${until(event.attendBy)}`;
      return `${agentId} is given ${who}${answer}. Why: ${whyText(event.why, agentId)}.`;
    }
    case 'claimed':
      return `${agentId} takes ${who}${from} by hand.`;
    case 'transferred':
      return `${agentId} takes over ${who}${from}.`;
  }
}

const returnedWords: Record<RoutingEventOf<'conversation.returned'>['reason'], string> = {
  timedOut: 'was not answered in time',
  notAcknowledged: 'never reached the workstation',
  leftOnline: 'was not answered before the agent left',
  graceEnded: 'was held for its agent long enough',
  agentRemoved: 'lost its agent, who was removed',
  groupLeft: 'lost its agent, who left the group',
  senderGone: 'was handed over by someone who is gone',
};

function agentChanged(event: RoutingEventOf<'agent.changed'>): string {
  const { agentId, status, cause } = event;
  switch (cause) {
    case 'timeout':
      return `${agentId} is put on a short break for not answering ${event.conversationId}.`;
    case 'graceEnded': {
      const lost = event.conversationIds ?? [];
      return `${agentId} has not come back and is offline${lost.length > 0 ? `, leaving ${lost.join(', ')}` : ''}.`;
    }
    case 'idle':
      return `${agentId} is away from the machine and put on a short break.`;
    case 'breakEnded':
      return `${agentId}'s short break is over: ${statusWords[status]}.`;
    default: {
      const by = cause === 'supervisor' ? ` (set by ${event.by})` : '';
      return `${agentId} is ${statusWords[status]}${by}.`;
    }
  }
}

function closed(event: RoutingEventOf<'conversation.closed'>): string {
  const { conversationId: who } = event;
  switch (event.reason) {
    case 'left':
      return `${who} leaves${event.agentId === undefined ? ' without having been served' : ''}.`;
    case 'maxWait':
      return `${who} has waited too long and ${event.afterwards === 'end' ? 'is ended' : 'is asked to leave a message'}.`;
    case 'customerSilent':
      return `${who} is ended: the customer fell silent.`;
    case 'ended':
      return `${who} is ended by ${event.closedByAgentId ?? `the ${event.by}`}.`;
  }
}

function queued(event: RoutingEventOf<'conversation.queued'>): string {
  const nobody = event.nobodyOnline ? ', where nobody is online' : '';
  const place = `in ${event.groupId}${nobody}`;
  if (event.reason === 'transferred') {
    return `${event.agentId} hands ${event.conversationId} to ${event.groupId}${nobody}; it keeps its place.`;
  }
  if (event.reason === 'switched') {
    const why = leftWords[event.fromAssistant ?? 'withdrawn'];
    const note = event.note ? `, with the note “${event.note}”` : '';
    return `${event.conversationId} waits ${place}: ${why}${note}.`;
  }
  if (event.reason === 'reopened') return `${event.conversationId} is taken up again and waits ${place}.`;
  if (event.reason === 'moved') return `${event.conversationId} now waits ${place}.`;
  return `${event.conversationId} waits ${place}${event.priority === 5 ? '' : `, priority ${event.priority}`}.`;
}

type Teller<E> = (event: E) => string | null;
const tellers: { [T in RoutingEvent['type']]: Teller<RoutingEventOf<T>> } = {
  'settings.updated': () => 'The settings are changed.',
  'group.put': (event) => `The group ${event.groupId} is set up.`,
  'group.removed': (event) => `The group ${event.groupId} is removed.`,
  'group.opened': (event) => `${event.groupId} is now ${event.open ? 'open' : 'closed'}.`,
  'group.staffed': (event) => {
    if (event.staffed) return `${event.groupId} has somebody online.`;
    return `${event.groupId} has nobody online${event.alert ? '; supervisors are alerted' : ''}.`;
  },
  'agent.put': (event) => {
    const groups = event.groups.map((each) => `${each.groupId} (${each.priority})`).join(', ');
    return `${event.agentId} is set up: capacity ${event.capacity}, ${groups || 'no group'}.`;
  },
  'agent.removed': (event) => `${event.agentId} is removed.`,
  'agent.connected': (event) => `${event.agentId} is connected${event.takeover ? ', in a newer window' : ''}.`,
  'agent.disconnected': (event) =>
    event.cause === 'command'
      ? `${event.agentId}'s workstation is gone.`
      : `${event.agentId}'s workstation does not acknowledge and counts as gone.`,
  'agent.changed': agentChanged,
  'agent.afterThisSet': ({ agentId, status }) =>
    status === null ? `${agentId} stays after this.` : `${agentId} is ${statusWords[status]} after this.`,
  'agent.receptionChanged': (event) => {
    const how = event.automatic === null ? 'as the group does' : event.automatic ? 'automatically' : 'by hand';
    return `${event.agentId} receives ${how}.`;
  },
  'agent.paced': (event) => `${event.agentId} gets the next waiting one not before ${clockText(event.until).slice(4)}.`,
  'agent.paceEnded': () => null,
  'assistant.put': (event) => `${event.assistantId} is the assistant of ${event.groupIds.join(', ') || 'no group'}.`,
  'assistant.removed': (event) => `${event.assistantId} is removed.`,
  'assistant.connected': (event) => `${event.assistantId} is connected${event.takeover ? ', by a newer line' : ''}.`,
  'assistant.disconnected': (event) => `${event.assistantId}'s line is lost.`,
  'conversation.assisted': ({ conversationId, assistantId, agentId }) =>
    agentId === undefined
      ? `${conversationId} is with ${assistantId}.`
      : `${agentId} hands ${conversationId} back to ${assistantId}.`,
  'conversation.queued': queued,
  'conversation.attached': (event) => `${event.customerId} is back in ${event.conversationId}, which is still open.`,
  'conversation.moved': (event) => `${event.conversationId} now belongs to ${event.groupId}.`,
  'conversation.assigned': assigned,
  'conversation.acknowledged': (event) => `${event.agentId}'s workstation has ${event.conversationId}.`,
  'conversation.returned': (event) =>
    `${event.conversationId} ${returnedWords[event.reason]} and is back in the queue${event.miss ? ', a miss' : ''}.`,
  'conversation.transferFailed': (event) =>
    `${event.conversationId} is back with ${event.agentId}: ${event.targetAgentId} did not take it (${event.outcome}).`,
  'conversation.missed': (event) =>
    `${event.agentId} has not answered ${event.conversationId} in time and keeps it${event.miss ? ', a miss' : ''}.`,
  'conversation.message': (event) =>
    event.from === 'customer' ? null : `${event.agentId ?? event.assistantId} answers ${event.conversationId}.`,
  'conversation.held': (event) =>
    `${event.conversationId} is held ${until(event.until)} for ${event.rule === 'CH3' ? 'an agent who comes first' : 'the last receptionist'}, who is full.`,
  'conversation.holdEnded': (event) => `${event.conversationId} is held no longer.`,
  'conversation.preferenceDropped': (event) => `${event.conversationId} no longer waits for ${event.agentId}.`,
  'conversation.roundStarted': (event) => `A new round starts for ${event.conversationId}.`,
  'conversation.coolingEnded': () => null,
  'conversation.throttled': (event) => `${event.conversationId} has rung too often and rests ${until(event.until)}.`,
  'conversation.throttleEnded': () => null,
  'conversation.flagged': (event) =>
    `${event.conversationId} needs attention: ${event.reason === 'redirects' ? 'nobody has taken it' : 'it is unanswered'}.`,
  'conversation.overdue': (event) => `${event.conversationId} has no answer: ${event.to} alerted.`,
  'conversation.silenceNoticed': (event) => `${event.conversationId} has been silent and is asked.`,
  'conversation.closed': closed,
  'offer.made': offerMade,
  'offer.ended': offerEnded,
  'offer.missed': (event) =>
    `${event.agentId} has not answered ${event.conversationId}, which rings on${event.miss ? ', a miss' : ''}.`,
  'wrapUp.started': (event) => `${event.agentId} wraps up ${event.conversationId}.`,
  'wrapUp.ended': (event) => `${event.agentId} is done with ${event.conversationId}.`,
  'receptionists.forgotten': (event) => `Who last wrote to ${event.customerIds.join(', ')} is stored elsewhere.`,
  'receptionist.recalled': (event) => `${event.customerId} is back, to whom ${event.receptionistId} wrote last.`,
  'hub.started': () => 'The hub has started; every workstation must come back.',
};

/** One event as a sentence a supervisor reads; null where there is nothing to tell. */
export function narrate(event: RoutingEvent): string | null {
  return (tellers[event.type] as Teller<RoutingEvent>)(event);
}

/** What the refused side reads. */
export function narrateRefusal(refusal: Refusal): string {
  return `Refused (${refusal.code}): ${refusal.message}`;
}
