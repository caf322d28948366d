import * as z from 'zod';
import { type Scope, scope } from '../protocol/api-tokens';
import { contact } from '../protocol/customer-profile';
import { agentStatus, count, epochMs, id, language, name, text } from '../protocol/fields';
import { foundConversation, readConversation } from '../protocol/history';
import { conversationTags, label } from '../protocol/labels';
import { searchTextMax } from '../protocol/limits';
import { messageId } from '../protocol/message-page';

/**
 * Every operation of the API, once: the hub decodes requests by it, the OpenAPI document is made from it, and tests
 * drive each of them from that document. What they do is in main/hub/api/perform.ts.
 */

/** Where in the text of an answer the next page begins; only the hub reads it. */
const cursor = z
  .string()
  .regex(/^[\w-]{1,400}$/)
  .describe('`next` of the page before. Valid as long as what it leads to is kept, over restarts of the hub, too.');

/** The customer's id at the office, as the office's own site or system knows them. */
const officeId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\r\n]*$/)
  // Half a character has the bytes of others: two customers would be one.
  .refine((value) => !/\p{Surrogate}/u.test(value), 'must not hold half a character')
  .describe('The id by which your own system knows them. With it they are one customer here, in the widget, too.');

const customer = z
  .strictObject({
    id: officeId,
    name: name.optional().describe('Absent: as it is known, else “Visitor” and a number.'),
    contact: contact.optional().describe('How to reach them: a mail address, a phone number.'),
    language: language.optional().describe('Of the words they get from the hub. Absent: `en`.'),
  })
  .meta({ id: 'Customer', description: 'For whom the program writes.' });

const conversationPath = z.object({ conversationId: id });
const from = epochMs.describe('Ended or, if it is open, opened at this time or later; in milliseconds since 1970.');
const before = epochMs.describe('Ended or, if it is open, opened before this time.');

const found = foundConversation.meta({
  id: 'Conversation',
  description:
    'A conversation, or a left message (with `left`). Times are in milliseconds since 1970; `endedAt` null: it is open.',
});
const read = readConversation.meta({
  id: 'ReadConversation',
  description: 'A conversation with its newest messages; `earlier`: there are older ones, before the first of these.',
});

const toldCustomer = z
  .object({
    customerId: id,
    name: z.string(),
    contact: z.string(),
    language,
    officeId: z.string().nullable().describe('By which your own system knows them; null: they are who they say.'),
    firstSeenAt: epochMs.nullable(),
    lastSeenAt: epochMs,
    endedCount: count.nullable().describe('How many conversations of theirs have ended; null: not known.'),
  })
  .meta({ id: 'KnownCustomer' });

const agent = z
  .object({
    agentId: id,
    name: z.string(),
    status: agentStatus,
    statusSince: epochMs,
    connected: z.boolean(),
    load: count.describe('How many conversations they have.'),
    capacity: count,
    groupIds: z.array(id),
  })
  .meta({ id: 'Agent' });

const group = z.object({ groupId: id, name: z.string(), open: z.boolean() }).meta({ id: 'Group' });

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string().describe('The code’s place in the guide.'),
    title: z.string().describe('What is wrong.'),
    status: z.number().int(),
    detail: z.string().describe('What to do about it.'),
    code: z.string().describe('For programs; new ones may come.'),
    field: z.string().optional().describe('The field or parameter that is meant.'),
    retryAfterSeconds: count.optional().describe('As the header `Retry-After`.'),
  })
  .meta({ id: 'Problem' });

export interface Operation {
  method: 'get' | 'post' | 'put';
  /** Below `/api/v1`. */
  path: string;
  /** What the token has to allow; null: any token may. */
  scope: Scope | null;
  summary: string;
  about?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  status: 200 | 201;
  result: z.ZodObject;
}

const empty = z.strictObject({});

export const operations = {
  readToken: {
    method: 'get',
    path: '/token',
    scope: null,
    summary: 'The token itself: to try it',
    status: 200,
    result: z.object({ tokenId: id, name: z.string(), scopes: z.array(scope) }),
  },
  listConversations: {
    method: 'get',
    path: '/conversations',
    scope: 'conversations:read',
    summary: 'Find conversations, the open ones and then those that ended last first',
    about:
      'The search of the workstation’s history. A page may be short or empty while `next` says that there are more.',
    query: z.strictObject({
      text: z.string().max(searchTextMax).optional().describe('Every word has to occur in it.'),
      stage: z.enum(['open', 'ended']).optional(),
      customerId: id.optional(),
      agentId: id.optional().describe('An agent who wrote in it or has it now.'),
      groupId: id.optional(),
      tag: label.optional(),
      wrapUpCode: label.optional(),
      from: from.optional(),
      before: before.optional(),
      after: cursor.optional(),
      limit: z.number().int().min(1).max(50).optional().describe('Absent: 20.'),
    }),
    status: 200,
    result: z.object({ conversations: z.array(found), next: z.string().nullable() }),
  },
  openConversation: {
    method: 'post',
    path: '/conversations',
    scope: 'conversations:write',
    summary: 'Open a conversation for a customer of yours',
    about: 'One that is open goes on: its id is the answer.',
    body: z.strictObject({
      customer,
      groupId: id.optional().describe('Absent: the first group that is open, with somebody there if possible.'),
      text: text.optional().describe('The customer’s first words.'),
    }),
    status: 201,
    result: z.object({ conversationId: id, customerId: id }),
  },
  readConversation: {
    method: 'get',
    path: '/conversations/{conversationId}',
    scope: 'conversations:read',
    summary: 'Read a conversation and its messages',
    params: conversationPath,
    query: z.strictObject({
      endedAt: epochMs.optional().describe('As the list says; needed for one that ended more than an hour ago.'),
      before: messageId.optional().describe('Older messages than this one. Absent: the newest.'),
    }),
    status: 200,
    result: read,
  },
  exportConversations: {
    method: 'get',
    path: '/export/conversations',
    scope: 'conversations:read',
    summary: 'Read ended conversations with their messages, those that ended last first',
    about: 'Page by page by `next`. For what is new since the last export, give `from`: the latest `endedAt` you have.',
    query: z.strictObject({
      from: from.optional(),
      before: before.optional(),
      after: cursor.optional(),
      limit: z.number().int().min(1).max(10).optional().describe('Absent: 10.'),
    }),
    status: 200,
    result: z.object({ conversations: z.array(read), next: z.string().nullable() }),
  },
  sendMessage: {
    method: 'post',
    path: '/conversations/{conversationId}/messages',
    scope: 'messages:write',
    summary: 'Write into an open conversation',
    params: conversationPath,
    body: z.strictObject({
      as: z
        .enum(['customer', 'office', 'note'])
        .describe(
          '`customer`: their own words, of a customer who has an id of yours. `office`: the program’s words, under the token’s name. `note`: for colleagues only.',
        ),
      text,
    }),
    status: 201,
    result: z.object({ messageId: id }),
  },
  handOver: {
    method: 'post',
    path: '/conversations/{conversationId}/hand-over',
    scope: 'conversations:write',
    summary: 'From the group’s assistant to people, as the customer’s own button does',
    params: conversationPath,
    body: empty,
    status: 200,
    result: z.object({}),
  },
  setTags: {
    method: 'put',
    path: '/conversations/{conversationId}/tags',
    scope: 'conversations:write',
    summary: 'Replace the tags of an open conversation',
    params: conversationPath,
    body: z.strictObject({ tags: conversationTags.describe('Each is one of the office’s.') }),
    status: 200,
    result: z.object({}),
  },
  closeConversation: {
    method: 'post',
    path: '/conversations/{conversationId}/close',
    scope: 'conversations:write',
    summary: 'End a conversation, whoever has it',
    params: conversationPath,
    body: z.strictObject({ wrapUpCode: label.optional().describe('One of the office’s.') }),
    status: 200,
    result: z.object({}),
  },
  leaveMessage: {
    method: 'post',
    path: '/left-messages',
    scope: 'conversations:write',
    summary: 'Leave a message of a customer, to be answered later',
    about: 'A conversation of theirs that still waits ends by it.',
    body: z.strictObject({
      customer,
      contact: contact.min(1).describe('Where the answer goes.'),
      groupId: id.optional(),
      text,
    }),
    status: 201,
    result: z.object({ leftMessageId: id, customerId: id }),
  },
  findCustomer: {
    method: 'get',
    path: '/customers',
    scope: 'customers:read',
    summary: 'Find a customer by the id of your own system',
    query: z.strictObject({ id: officeId }),
    status: 200,
    result: toldCustomer,
  },
  readCustomer: {
    method: 'get',
    path: '/customers/{customerId}',
    scope: 'customers:read',
    summary: 'A customer',
    params: z.object({ customerId: id }),
    status: 200,
    result: toldCustomer,
  },
  listAgents: {
    method: 'get',
    path: '/agents',
    scope: 'conversations:read',
    summary: 'Who is there, and how busy',
    status: 200,
    result: z.object({ agents: z.array(agent) }),
  },
  listGroups: {
    method: 'get',
    path: '/groups',
    scope: 'conversations:read',
    summary: 'The skill groups',
    status: 200,
    result: z.object({ groups: z.array(group) }),
  },
} satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;
type Parsed<Id extends OperationId, Part extends 'params' | 'query' | 'body'> = (typeof operations)[Id] extends {
  [P in Part]: infer Schema extends z.ZodObject;
}
  ? z.infer<Schema>
  : Record<never, never>;
export interface Input<Id extends OperationId> {
  params: Parsed<Id, 'params'>;
  query: Parsed<Id, 'query'>;
  body: Parsed<Id, 'body'>;
}
export type Result<Id extends OperationId> = z.infer<(typeof operations)[Id]['result']>;
