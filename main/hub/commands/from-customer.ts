import type { AttachmentRef } from '../../../shared/protocol/attachments';
import { rateWithinMs } from '../../../shared/protocol/limits';
import type { Refusal } from '../../../shared/routing/index';
import { isVisitorName, visitorName } from '../../../shared/text/visitor-name';
import { ack, type CommandRefusal, done, type Outcome, refused } from '../session/outcome';
import type { CustomerSession } from '../session/session';
import { officeOf } from '../state/config';
import type { HubState } from '../state/hub-state';
import { isInQueue, isStaffed, routedConversation } from '../state/routing-view';
import type { Step } from '../state/step';
import { startOfDay } from '../system/days';
import type { CustomerCommandOf, CustomerCommandSpecs, CustomerTools } from './command';
import { attachmentUnknown, unknownGroup } from './refusals';

type Open = CustomerCommandOf<'conversation.open'>;
type LeaveMessage = CustomerCommandOf<'message.leave'>;

/** Every command of customers. None names a conversation: theirs is meant. */
export const commandsOfCustomers: CustomerCommandSpecs = {
  'conversation.open': { scope: 'conversations:write', addsText: true, step: open },
  'message.send': {
    scope: 'messages:write',
    addsText: true,
    step(step, command, session) {
      const conversationId = conversationOf(step, session);
      if (conversationId === null) return noConversation();
      noteSeen(step, session, null);
      return say(step, session, conversationId, command);
    },
  },
  'conversation.leave': {
    step(step, _command, session) {
      const conversationId = conversationOf(step, session);
      if (conversationId === null) return noConversation();
      noteSeen(step, session, null);
      const { refusal } = step.route({ type: 'conversation.leave', conversationId });
      return refusal ? turnedDown(refusal) : done;
    },
  },
  'conversation.handOver': {
    scope: 'conversations:write',
    step(step, _command, session) {
      const conversationId = conversationOf(step, session);
      if (conversationId === null) return noConversation();
      noteSeen(step, session, null);
      const { refusal } = step.route({ type: 'conversation.handOver', conversationId });
      return refusal ? turnedDown(refusal) : done;
    },
  },
  'conversation.reopen': { step: reopen },
  'conversation.rate': { addsText: true, step: rate },
  'conversation.past': {
    question: (command, session, { pastTalk }) => pastTalk.read(session, command),
  },
  'conversation.earlier': {
    question: (command, session, { earlierPages }) => earlierPages.forCustomer(session, command),
  },
  'message.leave': { scope: 'conversations:write', addsText: true, step: leaveMessage },
};

function conversationOf({ state }: Step, { customerId }: CustomerSession): string | null {
  return state.customers.get(customerId)?.conversationId ?? null;
}

function noConversation() {
  return refused({ code: 'conversationClosed', message: 'there is no open conversation' });
}

/** Everything that may refuse it comes before the first record: a customer whose first command is refused leaves no trace. */
function open(
  step: Step,
  command: Open,
  session: CustomerSession,
  { admission, newId }: CustomerTools,
): Outcome<{ conversationId: string }> {
  const { routing, customers, threads } = step.state;
  const { customerId } = session;
  const missing = missingOf(step, session, command);
  if (missing) return refused(missing);
  const latest = threads.latestOf(customerId);
  if (!latest || !routedConversation(routing, latest.conversationId)) {
    const refusal = closedTo(step.state, command.groupId) ?? admission.conversation(!customers.has(customerId));
    if (refusal) return refused(refusal);
  }
  noteSeen(step, session, command);
  const opened = step.route({
    type: 'conversation.open',
    conversationId: newId('conversation'),
    customerId,
    groupId: command.groupId ?? defaultGroup(step.state) ?? '',
  });
  if (opened.refusal) return turnedDown(opened.refusal);
  const conversationId = customers.get(customerId)?.conversationId ?? '';
  if (conversationId !== latest?.conversationId) admission.opened(conversationId);
  if (command.text !== undefined) {
    const said = say(step, session, conversationId, { text: command.text });
    if (said.kind === 'refused') return said;
  }
  return ack({ conversationId });
}

/** RO1. In two tabs at once it is reopened once. */
function reopen(
  step: Step,
  _command: CustomerCommandOf<'conversation.reopen'>,
  session: CustomerSession,
  { admission }: CustomerTools,
): Outcome<undefined> {
  const { routing, threads } = step.state;
  const { customerId } = session;
  const latest = threads.latestOf(customerId);
  if (!latest || !threads.isHeldAt(customerId, step.at)) return noConversation();
  const { conversationId } = latest;
  if (routedConversation(routing, conversationId)) return done;
  const refusal = admission.conversation(false);
  if (refusal) return refused(refusal);
  noteSeen(step, session, null);
  const reopened = step.route({ type: 'conversation.reopen', conversationId });
  if (reopened.refusal) return turnedDown(reopened.refusal);
  admission.opened(conversationId);
  return done;
}

function rate(
  step: Step,
  { conversationId, score, comment }: CustomerCommandOf<'conversation.rate'>,
  { customerId }: CustomerSession,
): Outcome<{ rateUntil: number | null }> {
  const { config, customers, threads } = step.state;
  if (!officeOf(config).afterwards.rating)
    return refused({ code: 'ratingOff', message: 'this office asks for no ratings' });
  const { toRate } = customers.get(customerId) ?? {};
  if (toRate?.conversationId !== conversationId) {
    const isOpen = threads.latestOf(customerId)?.conversationId === conversationId;
    const message = isOpen
      ? 'rate it once it has ended, if somebody has answered'
      : 'you have no such conversation that ended last';
    return refused({ code: 'unknownConversation', message, field: 'conversationId' });
  }
  const { endedAt, ratingChanged } = toRate;
  if (ratingChanged) return refused({ code: 'ratedAlready', message: 'it was rated, and changed once: that stays' });
  const rateUntil = endedAt + rateWithinMs;
  if (step.at >= rateUntil)
    return refused({ code: 'ratingLate', message: 'it ended more than 12 hours ago: that is too late to rate it' });
  const changes = toRate.rating !== undefined;
  const rating = { score, comment: comment.trim(), at: step.at };
  step.add({ type: 'conversation.rated', conversationId, customerId, endedAt, rating });
  return ack({ rateUntil: changes ? null : rateUntil });
}

function closedTo(state: HubState, groupId: string | undefined): CommandRefusal | null {
  const id = groupId ?? defaultGroup(state);
  if (id === null) return { code: 'groupClosed', message: 'there is no group that is open' };
  const group = state.config.groups.get(id);
  if (!group) return { code: 'unknownGroup', message: 'there is no such group', field: 'groupId' };
  return group.open ? null : { code: 'groupClosed', message: 'outside working hours', field: 'groupId' };
}

/** A conversation that an agent has goes on; one that still waits ends, left by its customer. */
function leaveMessage(
  step: Step,
  command: LeaveMessage,
  session: CustomerSession,
  { admission, newId }: CustomerTools,
): Outcome<{ leftMessageId: string }> {
  const missing = missingOf(step, session, command);
  if (missing) return refused(missing);
  const { contact, text } = command;
  const { config, customers, threads } = step.state;
  const { customerId } = session;
  const conversation = threads.latestOf(customerId);
  const itsGroup = config.groups.get(conversation?.groupId ?? '')?.groupId;
  const groupId = command.groupId ?? itsGroup ?? defaultGroup(step.state);
  if (groupId === null || !config.groups.has(groupId)) return unknownGroup();
  const refusal = admission.leftMessage(customerId, !customers.has(customerId));
  if (refusal) return refused(refusal);
  noteSeen(step, session, command);
  if (conversation && isInQueue(step.state.routing, conversation.conversationId))
    step.route({ type: 'conversation.leave', conversationId: conversation.conversationId });
  const leftMessageId = newId('left');
  const customerName = customers.get(customerId)?.name ?? '';
  const leftMessage = { leftMessageId, customerId, customerName, contact, groupId, text, at: step.at };
  step.add({ type: 'leftMessage.added', leftMessage });
  return ack({ leftMessageId });
}

/** What the office requires, and neither this command nor the hub's records have. */
function missingOf(
  step: Step,
  { customerId, signed }: CustomerSession,
  says: Open | LeaveMessage,
): CommandRefusal | null {
  const { config, customers } = step.state;
  const { asks } = officeOf(config);
  const known = customers.get(customerId);
  const isNamed = signed || says.name !== undefined || (known && !isVisitorName(known.name, customerId));
  if (asks.name === 'required' && !isNamed)
    return { code: 'nameNeeded', message: 'this office asks for a name: send one', field: 'name' };
  const isReachable = signed?.contact || says.op === 'message.leave' || says.contact || known?.contact;
  if (asks.contact === 'required' && !isReachable)
    return { code: 'contactNeeded', message: 'this office asks how to reach you: send a contact', field: 'contact' };
  return null;
}

/** Records who they are when that is new, and once a day that they are here. Nothing before their first conversation or left message. */
function noteSeen(
  step: Step,
  { customerId, tokenHash, language, page, signed }: CustomerSession,
  says: Open | LeaveMessage | null,
) {
  const known = step.state.customers.get(customerId);
  if (!known && !says) return;
  // What the office's site has signed stands; what customers say of themselves is no match for it.
  const said = known?.signedId === undefined ? says?.name : undefined;
  const name = signed?.name ?? said ?? known?.name ?? visitorName(language, customerId);
  const contact = signed?.contact || says?.contact || known?.contact || '';
  const isSame =
    known?.name === name &&
    known.contact === contact &&
    known.language === language &&
    (signed === null || known.signedId === signed.signedId) &&
    (page === undefined || (known.page?.url === page?.url && known.page?.title === page?.title)) &&
    startOfDay(known.seenAt) === startOfDay(step.at);
  if (isSame) return;
  const where = page === undefined ? {} : { page };
  const vouched = signed === null ? {} : { signedId: signed.signedId };
  const seen = { customerId, tokenHash, name, language, contact, ...where, ...vouched };
  step.add({ type: 'customer.seen', ...seen, at: step.at });
}

function say(
  step: Step,
  { customerId }: CustomerSession,
  conversationId: string,
  { text, attachments: refs = [] }: { text: string; attachments?: AttachmentRef[] | undefined },
): Outcome<undefined> {
  const attachments = step.state.uploads.attachments(customerId, refs);
  if (!attachments) return attachmentUnknown();
  const { refusal } = step.route({ type: 'message.sent', conversationId, from: 'customer' });
  if (refusal) return turnedDown(refusal);
  // What was due just before may have ended it.
  if (!routedConversation(step.state.routing, conversationId))
    return refused({ code: 'conversationClosed', message: 'the conversation is closed' });
  step.message({ conversationId, from: { kind: 'customer' }, text, line: null, attachments });
  return done;
}

/** Without the core's `now`, which names agents: that is not for customers. */
function turnedDown({ code, message, field }: Refusal) {
  return refused({ code, message, field });
}

/** The group when a customer names none: the first open one with an agent online, else the first open one, else the first. */
function defaultGroup({ config, routing }: HubState): string | null {
  const groups = [...config.groups.values()];
  const open = groups.filter((group) => group.open);
  const group = open.find(({ groupId }) => isStaffed(routing, groupId)) ?? open[0] ?? groups[0];
  return group?.groupId ?? null;
}
