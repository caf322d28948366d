import * as z from 'zod';
import { attachmentRef } from './attachments';
import { optionalText } from './fields';
import { attachmentsPerMessageMax } from './limits';

/** The content of a message: text, files uploaded before, or both. */
export const said = {
  text: optionalText,
  attachments: z.array(attachmentRef).max(attachmentsPerMessageMax).optional(),
};

export const saysSomething: [(said: { text: string; attachments?: unknown[] | undefined }) => boolean, object] = [
  ({ text, attachments = [] }) => text.trim().length > 0 || attachments.length > 0,
  { message: 'must not be empty', path: ['text'] },
];
