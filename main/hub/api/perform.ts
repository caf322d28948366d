import type { Input, OperationId, Result } from '../../../shared/api/operations';
import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import {
  type HistoryCursor,
  type HistoryPage,
  historyCursor,
  type ReadConversation,
} from '../../../shared/protocol/history';
import { agentViewOf } from '../fan-out/views';
import type { CustomerSession, ProgramSession } from '../session/session';
import type { Hub } from '../start-hub';
import { lastSeenAt } from '../state/customers';
import type { PastCustomer } from '../state/records';
import { customerOf, customerWho, tokenHashOf } from './office-customers';
import { Problem } from './problem';
import type { RequestLine } from './request-line';

/** One request, whose token may do it. */
export interface Call {
  hub: Hub;
  session: ProgramSession;
  line: RequestLine;
  /** Names the request by what it says: a repeat has the same. */
  cid: string;
}

type Perform = { readonly [Id in OperationId]: (call: Call, input: Input<Id>) => Promise<Result<Id>> | Result<Id> };
type Body<Command> = Command extends unknown ? Omit<Command, 'type' | 'cid' | 'n'> : never;

const pageLength = 20;
const exportLength = 10;

/** What each operation does. All that changes something is a command of the hub's, the same as an agent's or a customer's. */
export const perform: Perform = {
  readToken: ({ session: { tokenId, name, scopes } }) => ({ tokenId, name, scopes: [...scopes] }),
  async listConversations(call, { query }) {
    const { found, next } = await find(call, { ...query, text: query.text ?? '' }, query.limit ?? pageLength);
    return { conversations: found, next };
  },
  async openConversation(call, { body: { customer, groupId, text } }) {
    const asked = await customerOf(call.hub, customer, call.line);
    const told = toldOf(customer);
    const { conversationId } = await forCustomer(call, asked, { op: 'conversation.open', ...told, groupId, text });
    return { conversationId: String(conversationId), customerId: asked.customerId };
  },
  async readConversation(call, { params: { conversationId }, query: { endedAt = null, before } }) {
    return read(call, { conversationId, endedAt, before });
  },
  async exportConversations(call, { query: { limit, ...query } }) {
    const { found, next } = await find(call, { ...query, stage: 'ended', text: '' }, limit ?? exportLength);
    const conversations: ReadConversation[] = [];
    for (const { conversationId, endedAt } of found) {
      // Erased or expired since it was found.
      const one = await read(call, { conversationId, endedAt }).catch((error: Problem) => unlessGone(error));
      if (one) conversations.push(one);
    }
    return { conversations, next };
  },
  async sendMessage(call, { params: { conversationId }, body: { as, text } }) {
    if (as === 'office') return said(await command(call, { op: 'message.send', conversationId, text }));
    if (as === 'note') return said(await command(call, { op: 'note.add', conversationId, text }));
    const customer = await customerIn(call, conversationId);
    if (!customer.signed) throw notYourCustomer();
    return said(await forCustomer(call, customer, { op: 'message.send', text }));
  },
  async handOver(call, { params: { conversationId } }) {
    await forCustomer(call, await customerIn(call, conversationId), { op: 'conversation.handOver' });
    return {};
  },
  async setTags(call, { params: { conversationId }, body: { tags } }) {
    await command(call, { op: 'conversation.tag', conversationId, tags });
    return {};
  },
  async closeConversation(call, { params: { conversationId }, body: { wrapUpCode } }) {
    await command(call, { op: 'conversation.close', conversationId, wrapUpCode });
    return {};
  },
  async leaveMessage(call, { body: { customer, contact, groupId, text } }) {
    const asked = await customerOf(call.hub, customer, call.line);
    const left = { ...toldOf(customer), contact, groupId, text };
    const { leftMessageId } = await forCustomer(call, asked, { op: 'message.leave', ...left });
    return { leftMessageId: String(leftMessageId), customerId: asked.customerId };
  },
  findCustomer: async ({ hub }, { query }) =>
    toldCustomer(await hub.pastCustomers.find({ tokenHash: tokenHashOf(hub, query.id) })),
  readCustomer: async ({ hub }, { params }) => toldCustomer(await hub.pastCustomers.find(params)),
  listAgents: ({ hub: { state } }) => ({
    agents: [...state.config.accounts.keys()].flatMap((each) => {
      const view = agentViewOf(state, each, false);
      if (!view) return [];
      const { agentId, name, status, statusSince, connected, load, capacity, groups } = view;
      const groupIds = groups.map(({ groupId }) => groupId);
      return { agentId, name, status, statusSince, connected, load, capacity, groupIds };
    }),
  }),
  listGroups: ({ hub: { state } }) => ({
    groups: [...state.config.groups.values()].map(({ groupId, name, open }) => ({ groupId, name, open })),
  }),
};

function command({ hub, session, line, cid }: Call, body: Body<AgentCommand>): Promise<Record<string, unknown>> {
  const sent = { type: 'command', cid, n: 1, ...body } as AgentCommand;
  return line.ask(() => hub.commands.agent(session, sent));
}

function forCustomer(
  { hub, session, line, cid }: Call,
  customer: CustomerSession,
  body: Body<CustomerCommand>,
): Promise<Record<string, unknown>> {
  const sent = { type: 'command', cid, n: 1, ...body } as CustomerCommand;
  return line.ask(() => hub.commands.forCustomer(session, customer, sent));
}

type Find = Omit<Extract<AgentCommand, { op: 'conversation.find' }>, 'type' | 'cid' | 'n' | 'op' | 'after' | 'length'>;

async function find(call: Call, { after, ...wanted }: Find & { after?: string | undefined }, length: number) {
  const from = after === undefined ? null : cursorIn(after);
  const page = (await command(call, {
    ...{ op: 'conversation.find', after: from, length },
    ...wanted,
  })) as unknown as HistoryPage;
  return { found: page.found, next: page.next && cursorOf(page.next) };
}

type Read = Omit<Extract<AgentCommand, { op: 'conversation.read' }>, 'type' | 'cid' | 'n' | 'op'>;

async function read(call: Call, asked: Read): Promise<ReadConversation> {
  return (await command(call, { op: 'conversation.read', ...asked })) as unknown as ReadConversation;
}

function unlessGone(error: Problem): null {
  if (error.facts?.code === 'unknownConversation') return null;
  throw error;
}

function said({ messageId }: Record<string, unknown>): { messageId: string } {
  return { messageId: String(messageId) };
}

/** Of an open conversation, or one that ended just now. */
async function customerIn({ hub, line }: Call, conversationId: string): Promise<CustomerSession> {
  const thread = hub.state.threads.get(conversationId);
  const customer = thread && hub.state.customers.get(thread.customerId);
  if (!customer || customer.conversationId !== conversationId) {
    throw new Problem({
      ...{ status: 404, code: 'unknownConversation', field: 'conversationId' },
      title: 'There is no such open conversation.',
      detail: 'Its customer may have begun another one since: look for it by `customerId`.',
    });
  }
  return customerWho(hub, customer, line);
}

function notYourCustomer(): Problem {
  return new Problem({
    ...{ status: 409, code: 'notYourCustomer', field: 'as' },
    title: 'This customer writes on the page themselves.',
    detail: 'A program speaks only for customers who have an id of your system. Write as `office` instead.',
  });
}

function toldOf({ name, contact }: { name?: string | undefined; contact?: string | undefined }) {
  return { ...(name === undefined ? {} : { name }), ...(contact === undefined ? {} : { contact }) };
}

type Known = Omit<PastCustomer, 'tokenHash' | 'devices' | 'lastReceptionist'>;

function toldCustomer(known: Known | null): Result<'readCustomer'> {
  if (!known) {
    throw new Problem({
      ...{ status: 404, code: 'unknownCustomer' },
      title: 'There is no such customer.',
      detail: 'They have never written, were erased, or so long ago that they were removed.',
    });
  }
  const { customerId, name, contact, language, signedId = null, firstSeenAt, endedCount } = known;
  return {
    ...{ customerId, name, contact, language, officeId: signedId, firstSeenAt, lastSeenAt: lastSeenAt(known) },
    endedCount,
  };
}

function cursorOf({ asOf, endedAt, openedAt, conversationId }: HistoryCursor): string {
  return Buffer.from(JSON.stringify([asOf, endedAt, openedAt, conversationId])).toString('base64url');
}

function cursorIn(text: string): HistoryCursor {
  try {
    const [asOf, endedAt, openedAt, conversationId] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return historyCursor.parse({ asOf, endedAt, openedAt, conversationId });
  } catch {
    throw new Problem({
      ...{ status: 400, code: 'cursorUnknown', field: 'after' },
      title: 'This cursor is none of this hub’s.',
      detail: 'Give `next` of the page before as it is, or begin without `after`.',
    });
  }
}
