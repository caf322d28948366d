import { nameMax } from '../../shared/protocol/limits';
import type { CustomerTextKey } from '../../shared/text/customer-en';
import { closedOf, screenOf } from './reading';
import type { PageState } from './state';

type Need = 'off' | 'optional' | 'required';

/** What the form asks for at the moment. */
export interface FormShape {
  /** A message for later in place of a chat: no agent can serve the customer now. */
  leavesMessage: boolean;
  name: Need;
  contact: Need;
  text: Need;
  group: Need;
  /** Empty: the hub chooses. A message that belongs to a conversation goes to that one's group. */
  groupId: string;
}

/** What stands in the fields; text is trimmed. `groupId` is empty while none is chosen. */
export interface FormValues {
  name: string;
  contact: string;
  text: string;
  groupId: string;
}

export function formShape(state: PageState, chosenGroupId: string): FormShape {
  const { asks, groups = [] } = state.office ?? {};
  const screen = screenOf(state);
  const asksGroup = screen === 'form' && asks?.group === true;
  const groupId = asksGroup ? chosenGroupId : '';
  const leavesMessage = screen === 'leave' || state.leave?.delivery === 'sending' || closedOf(state, groupId) !== null;
  return {
    leavesMessage,
    name: asks?.name ?? 'optional',
    contact: leavesMessage ? 'required' : (asks?.contact ?? 'optional'),
    text: leavesMessage ? 'required' : 'optional',
    group: asksGroup && groups.length > 1 ? 'required' : 'off',
    groupId,
  };
}

export type FieldName = 'name' | 'group' | 'contact' | 'text';

export interface Problem {
  field: FieldName;
  key: CustomerTextKey;
}

/** In the order of the fields. */
export function problemsOf(shape: FormShape, { name, contact, text, groupId }: FormValues): Problem[] {
  const problems: Problem[] = [];
  if (shape.name === 'required' && name === '') problems.push({ field: 'name', key: 'form.nameMissing' });
  if (shape.name !== 'off' && name.length > nameMax) problems.push({ field: 'name', key: 'form.nameLong' });
  if (shape.group === 'required' && groupId === '') problems.push({ field: 'group', key: 'form.groupMissing' });
  if (shape.contact === 'required' && contact === '') problems.push({ field: 'contact', key: 'leave.contactMissing' });
  if (shape.text === 'required' && text === '') problems.push({ field: 'text', key: 'leave.textMissing' });
  return problems;
}

/** The fields of `conversation.open`. */
export interface Opening {
  name?: string;
  contact?: string;
  groupId?: string;
  text?: string;
}

/** The fields of `message.leave`. */
export interface MessageForLater {
  name?: string;
  contact: string;
  groupId?: string;
  text: string;
}

export function openingOf(shape: FormShape, values: FormValues): Opening {
  const { contact, text } = values;
  return {
    ...nameAndGroup(shape, values),
    ...(shape.contact === 'off' || contact === '' ? {} : { contact }),
    ...(text === '' ? {} : { text }),
  };
}

export function messageForLaterOf(shape: FormShape, values: FormValues): MessageForLater {
  const { contact, text } = values;
  return { ...nameAndGroup(shape, values), contact, text };
}

function nameAndGroup(shape: FormShape, { name }: FormValues): { name?: string; groupId?: string } {
  const { groupId } = shape;
  return {
    ...(shape.name === 'off' || name === '' ? {} : { name }),
    ...(groupId === '' ? {} : { groupId }),
  };
}
