import { refused } from '../session/outcome';

/** Refusals of more than one topic. */

export function unknownConversation() {
  const message = 'there is no such open conversation';
  return refused({ code: 'unknownConversation', message, field: 'conversationId' });
}

export function unknownGroup() {
  return refused({ code: 'unknownGroup', message: 'there is no such group', field: 'groupId' });
}

/** The sender may use the command, but not with this field. */
export function notASupervisor(field: string) {
  return refused({ code: 'notAllowed', message: 'only a supervisor may do this', field });
}

/** Uploaded by somebody else, or so long ago that the hub has removed it. */
export function attachmentUnknown() {
  const message = 'a file of this message is not on the hub (any more): upload it again';
  return refused({ code: 'attachmentUnknown', message, field: 'attachments' });
}

export function unknownTag() {
  const message = 'the office has no such tag any more; choose another one';
  return refused({ code: 'unknownTag', message, field: 'tags' });
}

export function customerAway(field: string) {
  return refused({ code: 'customerAway', message: 'the customer does not have the page open (any more)', field });
}

/** Whether another one has this name already, in whatever case. One that has it from before keeps it. */
export function isNameTaken(name: string, own: string | undefined, others: Iterable<{ name: string }>): boolean {
  const same = (other: string) => other.toLowerCase() === name.toLowerCase();
  if (own !== undefined && same(own)) return false;
  for (const other of others) if (same(other.name)) return true;
  return false;
}

export function nameTaken() {
  return refused({ code: 'nameTaken', message: 'there is one of this name already', field: 'name' });
}
