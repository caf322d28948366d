import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import type { HistoryCursor, HistoryPage, ReadConversation } from '../../../shared/protocol/history';
import { phoneIn, searchWords } from '../../../shared/search-words';
import { actorOf } from '../audit/audit';
import { agentPage, nothingHeld } from '../fan-out/message-pages';
import type { Loop } from '../loop/loop';
import type { PastCustomers } from '../retention/past-customers';
import { groupOrSupervisor } from '../rights/rights';
import { comparePositions, positionOf } from '../search/position';
import {
  foundOf,
  type Hit,
  isOthers,
  match,
  type Reader,
  relationTo,
  type Search,
  type Searchable,
} from '../search/search';
import { ack, type Outcome, refused } from '../session/outcome';
import type { AgentSession, ProgramSession } from '../session/session';
import type { HubState } from '../state/hub-state';
import { isErased } from '../state/past-customers';
import { routedConversation } from '../state/routing-view';
import type { Thread } from '../state/thread';
import { pagedOf } from '../store/pages';
import type { Store } from '../store/store';
import { dayMs } from '../system/days';
import { AtOnce } from './at-once';
import { reopenLeftMessage } from './reopen-left-message';

export type FindCommand = Extract<AgentCommand, { op: 'conversation.find' }>;
export type ReopenCommand = Extract<AgentCommand, { op: 'leftMessage.reopen' }>;
/** Who looks. */
type Reading = AgentSession | ProgramSession;
type Reopened = Outcome<{ leftMessageId: string }>;
export type ReadCommand = Extract<AgentCommand, { op: 'conversation.read' }>;

/** Which conversations each role may read in the history. */
export const historyRights = groupOrSupervisor;

/** How many opened conversations a session may fetch files of; opening more drops the oldest. */
const openedMax = 8;

/** Days whose indexes are asked at once; one by one the way to the other thread would cost more than the index. */
const narrowedAtOnce = 128;

/**
 * Finds and opens conversations: first those in the state, in slices so that other work is not held up, then those in
 * the archive, day by day.
 */
export class History {
  private readonly atOnce: AtOnce;
  /** The conversations opened in each session, latest first; their files may be fetched. */
  private readonly opened = new WeakMap<Reading, readonly Searchable[]>();

  constructor(
    private readonly loop: Pick<Loop, 'state' | 'limits' | 'log' | 'now' | 'newId' | 'step' | 'closedBecause'>,
    private readonly store: Pick<
      Store,
      'archiveDays' | 'narrowed' | 'searchArchive' | 'readArchived' | 'earlierPage' | 'wordsInPages' | 'fileInPages'
    >,
    private readonly past: Pick<PastCustomers, 'recall'>,
  ) {
    this.atOnce = new AtOnce(loop);
  }

  /** Null: the session ended meanwhile. */
  async find(session: Reading, command: FindCommand): Promise<Outcome<HistoryPage> | null> {
    return this.atOnce.run(session, async () => {
      const { after, stage } = command;
      const asOf = after?.asOf ?? this.loop.now();
      if (after?.endedAt === null && asOf < this.loop.now() - this.loop.limits.closedShownMs) {
        const message = 'this search is so old that what was open may be elsewhere by now; search again';
        return refused({ code: 'searchTooOld', message, field: 'after' });
      }
      const found: Hit[] = [];
      const isOnDesk = await this.searchDesk(session, command, asOf, found);
      if (!isOnDesk) return null;
      const reached = stage === 'open' ? null : await this.searchArchive(session, command, asOf, found, isOnDesk);
      if (session.life !== 'open') return null;
      this.noteShown(session, found.slice(0, command.length));
      return ack(this.page(command, asOf, found, reached));
    });
  }

  async read(session: Reading, command: ReadCommand): Promise<Outcome<ReadConversation> | 'notAllowed' | null> {
    const { conversationId, endedAt, before = null } = command;
    return this.atOnce.run(session, async () => {
      const { state } = this.loop;
      // Further pages of a conversation opened here don't read the archive again.
      const known = before === null ? undefined : this.openedOn(session, conversationId);
      const found = heldAs(state, conversationId) ?? known ?? (await this.archived(conversationId, endedAt));
      if (session.life !== 'open') return null;
      const message = 'there is no such conversation at that time; find it again';
      const unknown = refused({ code: 'unknownConversation', message, field: 'conversationId' });
      if (!found || isGone(state, found)) return unknown;
      const reader = readerOf(state, session);
      const relation = reader && relationTo(reader, found);
      if (!relation || !reader.allowed.includes(relation)) {
        return 'notAllowed';
      }
      if (isOthers(relation, found) && (before === null || !known)) this.noteRead(session, conversationId);
      const others = (this.opened.get(session) ?? []).filter((each) => each.conversationId !== conversationId);
      this.opened.set(session, [found, ...others].slice(0, openedMax));
      const here = agentPage(found, before);
      const page = here ?? (before === null ? nothingHeld : await this.store.earlierPage(pagedOf(found), before, true));
      if (session.life !== 'open') return null;
      if (isGone(state, found)) return unknown;
      return ack({ conversation: foundOf(found, null), note: found.note, ...page });
    });
  }

  /** Reopens a left message that was done, from the state or the archive. */
  async reopen(session: AgentSession, command: ReopenCommand): Promise<Reopened | 'notAllowed' | null> {
    const { leftMessageId, endedAt } = command;
    return this.atOnce.run(session, async () => {
      const { state } = this.loop;
      const found = heldAs(state, leftMessageId) ?? (await this.archived(leftMessageId, endedAt));
      // Who has something open is in the state.
      if (found) await this.past.recall({ customerId: found.customerId });
      if (session.life !== 'open') return null;
      const isOpen = [...state.leftMessages.all()].some((each) => each.reopens === leftMessageId);
      if (!found?.left?.seenTo || isOpen || !state.customers.has(found.customerId)) {
        const message = 'there is no such message that was seen to at that time; it may be open again';
        return refused({ code: 'unknownLeftMessage', message, field: 'leftMessageId' });
      }
      const reader = readerOf(state, session);
      if (!reader?.allowed.includes(relationTo(reader, found))) return 'notAllowed';
      return this.loop.step((step) => {
        const leftMessage = reopenLeftMessage(step, found, this.loop.newId('left'));
        const by = actorOf(state, session);
        step.note({ by, action: 'leftMessage.reopen', subject: leftMessage.leftMessageId, changes: [] });
        return ack({ leftMessageId: leftMessage.leftMessageId });
      });
    });
  }

  /** A file of a conversation opened in this session, if the agent may still read it. */
  async fileOf(session: AgentSession, conversationId: string, attachmentId: string): Promise<AttachmentView | null> {
    const { state } = this.loop;
    const opened = this.openedOn(session, conversationId);
    const held = state.threads.get(conversationId);
    const found = opened && held ? searchable(state, held) : opened;
    const reader = readerOf(state, session);
    if (!found || !reader || isGone(state, found)) return null;
    if (!reader.allowed.includes(relationTo(reader, found))) return null;
    return this.fileIn(found, attachmentId);
  }

  /** Looks in the messages in memory first, then in the pages on disk. */
  async fileIn(conversation: Searchable | Thread, attachmentId: string): Promise<AttachmentView | null> {
    for (const { attachments = [] } of conversation.messages)
      for (const each of attachments) if (each.attachmentId === attachmentId) return each;
    if (!conversation.earlier?.withFiles.length) return null;
    return this.store.fileInPages(pagedOf(conversation), attachmentId);
  }

  private openedOn(session: Reading, conversationId: string): Searchable | undefined {
    return this.opened.get(session)?.find((each) => each.conversationId === conversationId);
  }

  /**
   * Returns what the state and the archive held when the search began: ids of ended conversations, and archive days.
   * Null: the session or the agent's account is gone.
   */
  private async searchDesk(session: Reading, command: FindCommand, asOf: number, found: Hit[]) {
    const { state } = this.loop;
    const held = [...heldBy(state)];
    const days = this.store.archiveDays();
    // It may reject before it is awaited; without a handler that would be an unhandled rejection.
    days.catch(() => undefined);
    const place = (each: Thread) => positionOf(timesOf(each), asOf);
    held.sort((a, b) => comparePositions(place(a), place(b)));
    const pace = new Pace();
    for (const each of held) {
      if (found.length > command.length) break;
      const search = this.searchOf(session, command, asOf);
      if (session.life !== 'open' || !search) return null;
      // A copy: messages may leave the state while the search is paused.
      const copy = { ...searchable(state, each), messages: [...each.messages] };
      const one = await pace.finish(match(search, copy));
      const done =
        one && 'missing' in one ? one.result(await this.store.wordsInPages(pagedOf(copy), one.missing)) : one;
      if (done) found.push(done);
    }
    // These may reach the archive during the search, and must not be found twice.
    const ended = held.filter(({ closedAt }) => closedAt !== null);
    return { ids: new Set(ended.map(({ conversationId }) => conversationId)), days: await days };
  }

  /** Adds hits to `found`. Returns the time back to which everything was searched; null: nothing is left to search. */
  private async searchArchive(
    session: Reading,
    command: FindCommand,
    asOf: number,
    found: Hit[],
    { ids, days }: { ids: ReadonlySet<string>; days: readonly { day: string; startsAt: number }[] },
  ): Promise<number | null> {
    const { after, from = 0, before = Number.POSITIVE_INFINITY, length } = command;
    // A cursor at a shown conversation includes its own millisecond, which may hold more; one left by an interrupted
    // search (no id) excludes it.
    const shownUntil =
      after?.endedAt == null ? Number.POSITIVE_INFINITY : after.endedAt + (after.conversationId ? 1 : 0);
    const until = Math.min(before, shownUntil);
    const within = days.filter(({ startsAt }) => startsAt < until && startsAt + dayMs > from);
    let bytes = 0;
    for (let at = 0; at < within.length; at += narrowedAtOnce) {
      const wanted = this.searchOf(session, command, asOf);
      if (session.life !== 'open' || !wanted) return null;
      for (const { day, startsAt } of await this.store.narrowed(within.slice(at, at + narrowedAtOnce), wanted)) {
        if (found.length > length) return null;
        if (bytes >= this.loop.limits.searchBytesMax) return startsAt + dayMs;
        const search = this.searchOf(session, command, asOf);
        if (session.life !== 'open' || !search) return null;
        const answer = await this.store.searchArchive({ kind: 'search', day, search, length: length + 1 + ids.size });
        bytes += answer.bytes;
        found.push(...answer.found.filter((each) => !ids.has(each.found.conversationId)));
      }
      if (found.length > length) return null;
    }
    return null;
  }

  private page({ length }: FindCommand, asOf: number, found: readonly Hit[], reached: number | null): HistoryPage {
    const { state } = this.loop;
    const shown = found.slice(0, length).map((each) => each.found);
    // Leaves out what was erased, or has expired, during the search.
    const known = shown.filter(({ customerId, endedAt: closedAt }) => !isGone(state, { customerId, closedAt }));
    const last = shown.at(-1);
    if (last && found.length > length) {
      const { conversationId, openedAt, endedAt: closedAt } = last;
      return { found: known, next: { asOf, ...positionOf({ conversationId, openedAt, closedAt }, asOf) } };
    }
    const next: HistoryCursor | null =
      reached === null ? null : { asOf, endedAt: reached, openedAt: 0, conversationId: '' };
    return { found: known, next };
  }

  /** Built with the agent's current rights, which may have changed since the search began. Null: the agent is gone. */
  private searchOf(session: Reading, command: FindCommand, asOf: number): Search | null {
    const reader = readerOf(this.loop.state, session);
    const { text, customerId, agentId, groupId, stage, from, before, tag, wrapUpCode, scoreMax, after } = command;
    const wanted = { customerId, agentId, groupId, stage, from, before, tag, wrapUpCode, scoreMax };
    return reader && { words: searchWords(text), phone: phoneIn(text), ...wanted, after, asOf, reader };
  }

  private async archived(conversationId: string, endedAt: number | null): Promise<Searchable | null> {
    if (endedAt === null) return null;
    const days = await this.store.archiveDays();
    const day = days.find(({ startsAt }) => startsAt <= endedAt && endedAt < startsAt + dayMs);
    return day ? this.store.readArchived(day.day, { conversationId }) : null;
  }

  /**
   * Called before the answer is sent, as `noteShown` is, so that the answer waits until the audit entry is durable. What
   * programs read is told in sums (`ProgramUse`).
   */
  private noteRead(session: Reading, subject: string) {
    if (session.kind === 'program') return;
    const by = actorOf(this.loop.state, session);
    this.loop.step((step) => step.note({ by, action: 'conversation.read', subject, changes: [] }));
  }

  /** Audits which conversations of others a search showed text of, but not the words searched for. */
  private noteShown(session: Reading, shown: readonly Hit[]) {
    if (session.kind === 'program') return;
    const { state } = this.loop;
    const others = shown.filter(({ showsOthers, found }) => showsOthers && !isErased(state, found.customerId));
    const conversationIds = others.map(({ found }) => found.conversationId);
    if (conversationIds.length === 0) return;
    const by = actorOf(this.loop.state, session);
    this.loop.step((step) =>
      step.note({ by, action: 'conversation.find', subject: null, changes: [], conversationIds }),
    );
  }
}

/** Runs long work in slices, yielding to the event loop in between. */
class Pace {
  private looked = 0;

  /** The work yields the number of characters it has searched since the last yield. */
  async finish<T>(work: Generator<number, T>): Promise<T> {
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      this.looked += value;
      if (this.looked < sliceLength) continue;
      this.looked = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Characters searched before yielding to the event loop. */
const sliceLength = 32 * 1024;

/** A program's token is for the whole office. */
function readerOf({ config }: HubState, { agentId }: Reading): Reader | null {
  if (agentId === null) return { agentId: '', groupIds: [], allowed: historyRights.supervisor };
  const account = config.accounts.get(agentId);
  if (!account) return null;
  const groupIds = account.groups.map(({ groupId }) => groupId);
  return { agentId, groupIds, allowed: historyRights[account.role] };
}

/** Everything that is not in the archive yet. */
function* heldBy({ leftMessages, threads }: HubState): Iterable<Thread> {
  yield* threads.held();
  yield* leftMessages.conversations();
}

function heldAs(state: HubState, conversationId: string): Searchable | null {
  for (const each of heldBy(state)) if (each.conversationId === conversationId) return searchable(state, each);
  return null;
}

/** Erased or expired since it was found. */
function isGone(state: HubState, { customerId, closedAt }: Pick<Searchable, 'customerId' | 'closedAt'>): boolean {
  if (isErased(state, customerId)) return true;
  return closedAt !== null && state.expiring !== null && closedAt < state.expiring;
}

function timesOf({ conversationId, openedAt, closedAt }: Thread) {
  return { conversationId, openedAt, closedAt };
}

function searchable(state: HubState, conversation: Thread): Searchable {
  const { customerId, groupId, closedBy, note, preview, messages, earlier, rating, left } = conversation;
  const { name: customerName = '', contact = '' } = state.customers.get(customerId) ?? {};
  const routed = routedConversation(state.routing, conversation.conversationId);
  const holders = [routed?.agentId, routed?.fromAgentId, left?.seenTo?.agentId].filter(
    (each) => typeof each === 'string',
  );
  const labels = { tags: conversation.tags, wrapUpCode: conversation.wrapUpCode, ...(rating ? { rating } : {}) };
  const about = { customerId, customerName, contact, groupId, closedBy, holders, ...labels };
  return { ...timesOf(conversation), ...about, note, preview, messages, earlier, ...(left ? { left } : {}) };
}
