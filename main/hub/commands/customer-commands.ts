import type { AttachmentRef } from '../../../shared/protocol/attachments';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import type { Refusal } from '../../../shared/routing/index';
import { isVisitorName, visitorName } from '../../../shared/text/visitor-name';
import type { Admission } from '../admission/door';
import { ack, attachmentUnknown, type CommandOutcome, type RefusalLike, refused } from '../session/outcome';
import type { CustomerSession } from '../session/session';
import { officeOf } from '../state/config';
import type { HubState } from '../state/hub-state';
import { isStaffed, routedConversation } from '../state/routing-view';
import type { Step } from '../state/step';
import { startOfDay } from '../system/days';

/** What becomes a record. */
type RecordedCustomerCommand = Exclude<CustomerCommand, { op: 'conversation.earlier' }>;
type Open = Extract<CustomerCommand, { op: 'conversation.open' }>;
type Leave = Extract<CustomerCommand, { op: 'message.leave' }>;

/** Where new ids come from, and what this customer and their address may still begin. */
export interface CustomerContext {
  newId(kind: string): string;
  admission: Admission;
}

/** A customer can only ever speak of their own conversation, so no command names one. */
export function customerCommandStep(
  step: Step,
  command: RecordedCustomerCommand,
  session: CustomerSession,
  context: CustomerContext,
): CommandOutcome {
  const { cid } = command;
  const says = command.op === 'conversation.open' || command.op === 'message.leave' ? command : null;
  const missing = says && missingOf(step, session, says);
  if (missing) return refused(cid, missing);
  if (command.op === 'conversation.open') return open(step, command, session, context);
  if (command.op === 'message.leave') return leaveMessage(step, command, session, context);
  const conversationId = step.state.desk.customers.get(session.customerId)?.conversationId ?? null;
  if (conversationId === null)
    return refused(cid, { code: 'conversationClosed', message: 'there is no open conversation' });
  see(step, session, null);
  if (command.op === 'conversation.leave') {
    const { refusal } = step.route({ type: 'conversation.leave', conversationId });
    return refusal ? turnedDown(cid, refusal) : ack(cid);
  }
  return say(step, session, conversationId, command);
}

/** What would be refused is found before anything of it is recorded: who said nothing leaves nothing. */
function open(step: Step, command: Open, session: CustomerSession, context: CustomerContext): CommandOutcome {
  const { cid } = command;
  const { desk, routing } = step.state;
  const { customerId } = session;
  const latest = desk.latestOf(customerId);
  if (!latest || !routedConversation(routing, latest.conversationId)) {
    const refusal =
      closedTo(step.state, command.groupId) ?? context.admission.conversation(!desk.customers.has(customerId));
    if (refusal) return refused(cid, refusal);
  }
  see(step, session, command);
  const opened = step.route({
    type: 'conversation.open',
    conversationId: context.newId('conversation'),
    customerId,
    groupId: command.groupId ?? defaultGroup(step.state) ?? '',
  });
  if (opened.refusal) return turnedDown(cid, opened.refusal);
  const conversationId = desk.customers.get(customerId)?.conversationId ?? '';
  if (conversationId !== latest?.conversationId) context.admission.opened(conversationId);
  if (command.text !== undefined) {
    const said = say(step, session, conversationId, { cid, text: command.text });
    if (said.answer.kind === 'refused') return said;
  }
  return ack(cid, { conversationId });
}

function closedTo(state: HubState, groupId: string | undefined): RefusalLike | null {
  const id = groupId ?? defaultGroup(state);
  if (id === null) return { code: 'groupClosed', message: 'there is no group that is open' };
  const group = state.config.groups.get(id);
  if (!group) return { code: 'unknownGroup', message: 'there is no such group', field: 'groupId' };
  return group.open ? null : { code: 'groupClosed', message: 'outside working hours', field: 'groupId' };
}

/** A conversation that an agent has goes on; one that still waits ends, left by its customer. */
function leaveMessage(step: Step, command: Leave, session: CustomerSession, context: CustomerContext): CommandOutcome {
  const { cid, contact, text } = command;
  const { config, desk } = step.state;
  const { customerId } = session;
  const conversation = desk.latestOf(customerId);
  const itsGroup = config.groups.get(conversation?.groupId ?? '')?.groupId;
  const groupId = command.groupId ?? itsGroup ?? defaultGroup(step.state);
  if (groupId === null || !config.groups.has(groupId))
    return refused(cid, { code: 'unknownGroup', message: 'there is no such group', field: 'groupId' });
  const refusal = context.admission.leftMessage(customerId, !desk.customers.has(customerId));
  if (refusal) return refused(cid, refusal);
  see(step, session, command);
  if (conversation?.queued) step.route({ type: 'conversation.leave', conversationId: conversation.conversationId });
  const leftMessageId = context.newId('left');
  const customerName = desk.customers.get(customerId)?.name ?? '';
  const leftMessage = { leftMessageId, customerId, customerName, contact, groupId, text, at: step.at };
  step.add({ type: 'leftMessage.added', leftMessage });
  return ack(cid, { leftMessageId });
}

/** What the office asks for and neither they say nor the hub knows. */
function missingOf(step: Step, { customerId }: CustomerSession, says: Open | Leave): RefusalLike | null {
  const { config, desk } = step.state;
  const { asks } = officeOf(config);
  const known = desk.customers.get(customerId);
  const isNamed = says.name !== undefined || (known && !isVisitorName(known.name, customerId));
  if (asks.name === 'required' && !isNamed)
    return { code: 'nameNeeded', message: 'this office asks for a name: send one', field: 'name' };
  const isReachable = says.op === 'message.leave' || says.contact || known?.contact;
  if (asks.contact === 'required' && !isReachable)
    return { code: 'contactNeeded', message: 'this office asks how to reach you: send a contact', field: 'contact' };
  return null;
}

/** Who they are, where that is new; and that they are here, once a day. Nobody until they begin something. */
function see(step: Step, { customerId, tokenHash, language, page }: CustomerSession, says: Open | Leave | null) {
  const known = step.state.desk.customers.get(customerId);
  if (!known && !says) return;
  const name = says?.name ?? known?.name ?? visitorName(language, customerId);
  const contact = says?.contact || known?.contact || '';
  const isSame =
    known?.name === name &&
    known.contact === contact &&
    known.language === language &&
    (page === undefined || (known.page?.url === page?.url && known.page?.title === page?.title)) &&
    startOfDay(known.seenAt) === startOfDay(step.at);
  if (isSame) return;
  const where = page === undefined ? {} : { page };
  step.add({ type: 'customer.seen', customerId, tokenHash, name, language, contact, ...where, at: step.at });
}

function say(
  step: Step,
  { customerId }: CustomerSession,
  conversationId: string,
  { cid, text, attachments: refs = [] }: { cid: string; text: string; attachments?: AttachmentRef[] | undefined },
): CommandOutcome {
  const attachments = step.state.uploads.attachments(customerId, refs);
  if (!attachments) return attachmentUnknown(cid);
  const { refusal } = step.route({ type: 'message.sent', conversationId, from: 'customer' });
  if (refusal) return turnedDown(cid, refusal);
  // What was due just before may have ended it.
  if (!routedConversation(step.state.routing, conversationId))
    return refused(cid, { code: 'conversationClosed', message: 'the conversation is closed' });
  step.message({ conversationId, from: { kind: 'customer' }, text, line: null, attachments });
  return ack(cid);
}

/** Without the core's `now`, which names agents: that is not for customers. */
function turnedDown(cid: string, { code, message, field }: Refusal): CommandOutcome {
  return refused(cid, { code, message, field });
}

/** For who names none: the first that is open and has somebody online, else the first that is open, else the first. */
function defaultGroup({ config, routing }: HubState): string | null {
  const groups = [...config.groups.values()];
  const open = groups.filter((group) => group.open);
  const group = open.find(({ groupId }) => isStaffed(routing, groupId)) ?? open[0] ?? groups[0];
  return group?.groupId ?? null;
}
