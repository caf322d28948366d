import { createHash } from 'node:crypto';
import { type SetUpOptions, setUpOffice } from '../../entrance/set-up';
import { OpeningHours } from '../../hours/opening-hours';
import { defaultLimits } from '../../limits';
import { Loop } from '../../loop/loop';
import { PastCustomers } from '../../retention/past-customers';
import { replayRecord } from '../../state/hub-state';
import { routedConversation } from '../../state/routing-view';
import { startingState } from '../../state/saved-state';
import type { Step } from '../../state/step';
import { AttachmentFiles } from '../../store/attachment-files';
import { FileStore } from '../../store/file-store';
import type { FolderPorts } from '../../store/writer-messages';
import { dayMs, startOfDay, utcDay } from '../../system/days';
import { createHandClock, type HandClock } from '../../system/hand-clock';
import { hashSecret } from '../../system/tokens';
import { SeededRandom } from '../random';
import { type Visit, type YearCustomer, YearPlan } from './year-plan';

export interface YearOptions {
  folder: string;
  seed: number;
  conversations: number;
  /** It ends with the UTC day before this one, and is so many days long. */
  endsAt: number;
  days: number;
  setup: SetUpOptions['setup'];
}

const groupNames = ['Orders', 'Returns', 'Invoices', 'Technical help', '售后'] as const;
const agentsPerGroup = 4;
const capacity = 20;
const tags = ['urgent', 'delivery', 'refund', '投诉', 'VIP'];
const wrapUpCodes = ['solved', 'callback', 'forwarded', '已解决'];
const openFromMs = 7 * 60 * 60_000;
const openUntilMs = 19 * 60 * 60_000;
/** The writer is not to be left far behind. */
const stepsAtOnce = 500;

/**
 * Fills a new data folder with a year of an office's work: steps of the hub's own loop, without its services, under a
 * clock moved by hand. The same seed and end give the same year. Rejects with a `HubStartError`.
 */
export async function simulateYear(
  { folder, seed, conversations, endsAt, days, setup }: YearOptions,
  ports: Pick<FolderPorts, 'log' | 'startWriter'>,
  progress: (done: { day: string; conversations: number }) => void,
): Promise<void> {
  const firstDay = startOfDay(endsAt) - days * dayMs;
  const random = new SeededRandom(seed);
  const clock = createHandClock(firstDay);
  const randomBytes = (size: number) => Uint8Array.from({ length: size }, () => random.between(0, 256));
  const all = { ...ports, clock, randomBytes };
  const store = await FileStore.open(folder, defaultLimits, all);
  try {
    const state = startingState(store.base, defaultLimits);
    await store.replay((record) => void replayRecord(state, record, 0));
    const hours = new OpeningHours(state, clock, () => clock.now());
    const loop = new Loop(state, store, all, defaultLimits, hours, new Set());
    const files = await AttachmentFiles.open(folder, defaultLimits.attachments, store.arrivals);
    const year = new SimulatedYear(loop, store, clock, files, new PastCustomers(loop, store), random);
    await year.open(setup);
    const plan = new YearPlan(random, () => newCustomer(loop), conversations, firstDay, days);
    let done = 0;
    for (let day = 0; day < days; day += 1) {
      const startsAt = firstDay + day * dayMs;
      const visits = plan.day(day);
      await year.day(startsAt, visits);
      done += visits.length;
      progress({ day: utcDay(startsAt), conversations: done });
    }
    loop.stop();
  } finally {
    await store.close();
  }
}

function newCustomer(loop: Loop): Pick<YearCustomer, 'customerId' | 'tokenHash'> {
  const customerId = loop.newId('customer');
  return { customerId, tokenHash: hashSecret(customerId) };
}

/** What is done at one moment of a day. */
interface Deed {
  at: number;
  run(step: Step): void;
  /** Done before the step. */
  before?(): Promise<void>;
}

class SimulatedYear {
  private groups: string[] = [];
  private agents: { agentId: string; name: string }[] = [];
  private supervisor = { agentId: '', name: '' };
  private readonly met = new Set<string>();

  constructor(
    private readonly loop: Loop,
    private readonly store: FileStore,
    private readonly clock: HandClock,
    private readonly files: AttachmentFiles,
    private readonly past: PastCustomers,
    private readonly random: SeededRandom,
  ) {}

  async open(setup: SetUpOptions['setup']): Promise<void> {
    const { loop } = this;
    await setUpOffice(loop, { setup, sample: true });
    const [first] = loop.state.config.groups.keys();
    this.groups = groupNames.map((_, index) => (index === 0 && first ? first : loop.newId('group')));
    const [account] = loop.state.config.accounts.values();
    if (account) this.supervisor = { agentId: account.agentId, name: account.name };
    loop.start((step) => {
      step.route({ type: 'hub.started' });
      const office = loop.state.config.office!;
      step.add({ type: 'office.changed', name: office.name, sample: true, tags, wrapUpCodes });
      const reception = { automatic: true };
      step.route({ type: 'settings.update', settings: { reception, routing: { lastReceptionist: true } } });
      for (const [index, name] of groupNames.entries())
        step.route({ type: 'group.put', groupId: this.groups[index]!, name });
      for (let index = 0; index < groupNames.length * agentsPerGroup; index += 1) this.employ(step, index);
    });
  }

  private employ(step: Step, index: number) {
    const name = `Agent ${index + 1}`;
    const agentId = this.loop.newId('agent');
    const groups = [{ groupId: this.groups[index % this.groups.length]!, priority: 1 }];
    step.route({ type: 'agent.put', agentId, name, capacity, groups });
    step.add({ type: 'account.put', agentId, name, role: 'agent', capacity, groups });
    this.note(step, 'agent.put', name);
    this.agents.push({ agentId, name });
  }

  async day(startsAt: number, visits: readonly Visit[]): Promise<void> {
    const deeds = [
      { at: startsAt + openFromMs, run: (step: Step) => this.begin(step) },
      ...visits.flatMap((visit) => this.deedsOf(startsAt, visit)),
      // Late enough for what ended at last to leave the state.
      { at: startsAt + dayMs - 1, run: (step: Step) => this.end(step) },
    ];
    let steps = 0;
    for (const { at, run, before } of deeds.sort((a, b) => a.at - b.at)) {
      this.clock.advance(Math.max(0, at - this.clock.now()));
      if (before) await before();
      this.loop.step(run);
      steps += 1;
      if (steps % stepsAtOnce === 0) await this.loop.outbox.durable(this.loop.state.seq);
    }
    await this.past.settle();
    // Resolves once the writer has done everything up to here.
    await this.store.archiveDays();
  }

  private begin(step: Step) {
    for (const { agentId } of this.agents) {
      step.route({ type: 'agent.connect', agentId });
      step.route({ type: 'agent.status', agentId, status: 'online' });
    }
    for (const { leftMessageId, customerId } of [...step.state.leftMessages.all()]) {
      const { agentId, name } = this.random.pick(this.agents);
      step.add({ type: 'leftMessage.done', leftMessageId, agentId, name, customerId, at: step.at });
    }
  }

  private end(step: Step) {
    for (const { agentId } of this.agents) {
      step.route({ type: 'agent.status', agentId, status: 'offline' });
      step.route({ type: 'agent.disconnect', agentId });
    }
  }

  private deedsOf(startsAt: number, visit: Visit): Deed[] {
    const from = startsAt + visit.atMs;
    if (visit.isLeft) return [{ at: from, before: () => this.meet(visit), run: (step) => this.leave(step, visit) }];
    const conversationId = this.loop.newId('conversation');
    const ack = (step: Step) => {
      const agentId = this.holderOf(step, conversationId);
      if (agentId !== null) step.route({ type: 'conversation.ack', agentId, conversationId });
    };
    const [first, ...others] = visit.says;
    const deeds: Deed[] = [
      {
        at: from,
        before: () => this.meet(visit),
        run: (step) => this.arrive(step, visit, conversationId, first!.text),
      },
      { at: from + 1_000, run: ack },
    ];
    let at = from + 1_000;
    for (const { by, text, afterMs, withFile } of others) {
      at += afterMs;
      if (by === 'agent') deeds.push({ at, run: (step) => this.reply(step, conversationId, text) });
      else if (!withFile) deeds.push({ at, run: (step) => this.say(step, visit.customer, conversationId, text) });
      else deeds.push(this.sendFile(at, visit, conversationId, text));
    }
    deeds.push({ at: at + 20_000, run: (step) => this.close(step, visit, conversationId) });
    // All of them are over before the office closes.
    return deeds.map((deed) => ({ ...deed, at: Math.min(deed.at, startsAt + openUntilMs) }));
  }

  /** Who was here before may have left the state. */
  private async meet({ customer: { customerId, tokenHash } }: Visit): Promise<void> {
    const { met, loop, past } = this;
    if (met.has(customerId) && !loop.state.customers.has(customerId)) await past.recall({ tokenHash });
    met.add(customerId);
  }

  private arrive(step: Step, { customer, group }: Visit, conversationId: string, text: string) {
    this.seen(step, customer);
    const { customerId } = customer;
    step.route({ type: 'conversation.open', conversationId, customerId, groupId: this.groups[group]! });
    this.say(step, customer, conversationId, text);
  }

  private seen(step: Step, { customerId, tokenHash, name, contact, language }: YearCustomer) {
    const known = step.state.customers.get(customerId);
    if (known && startOfDay(known.seenAt) === startOfDay(step.at)) return;
    step.add({ type: 'customer.seen', customerId, tokenHash, name, language, contact, at: step.at });
  }

  private say(step: Step, customer: YearCustomer, conversationId: string, text: string, attachmentId?: string) {
    const { customerId } = customer;
    // Who writes to an office twice in one moment has one conversation.
    const open = step.state.customers.get(customerId)?.conversationId ?? null;
    if (open === null || !routedConversation(step.state.routing, open)) return;
    step.route({ type: 'message.sent', conversationId: open, from: 'customer' });
    const refs = attachmentId === undefined ? [] : [{ attachmentId, name: `${conversationId}.txt` }];
    const attachments = step.state.uploads.attachments(customerId, refs) ?? [];
    step.message({ conversationId: open, from: { kind: 'customer' }, text, line: null, attachments });
    customer.n += 1;
    const answer = { kind: 'ack', cid: `cid-${customer.n}` } as const;
    step.answered = { device: `${customerId}/tab`, n: customer.n, answer };
  }

  private reply(step: Step, conversationId: string, text: string) {
    const agentId = this.holderOf(step, conversationId);
    const agent = this.agents.find((each) => each.agentId === agentId);
    if (!agent) return;
    step.route({ type: 'message.sent', conversationId, from: 'agent', agentId: agent.agentId });
    step.message({ conversationId, from: { kind: 'agent', ...agent }, text, line: null });
  }

  private close(step: Step, { number }: Visit, conversationId: string) {
    const { random } = this;
    const agentId = this.holderOf(step, conversationId);
    if (!routedConversation(step.state.routing, conversationId)) return;
    if (random.next() < 0.2) step.add({ type: 'conversation.tagged', conversationId, tags: [random.pick(tags)] });
    if (agentId === null) {
      step.route({ type: 'conversation.leave', conversationId });
      return;
    }
    step.route({ type: 'conversation.close', conversationId, by: 'agent', agentId });
    step.add({ type: 'conversation.wrappedUp', conversationId, code: random.pick(wrapUpCodes) });
    // A supervisor looks at some.
    if (number % 50 === 0) this.note(step, 'conversation.read', conversationId);
  }

  private leave(step: Step, { customer, group, says }: Visit) {
    this.seen(step, customer);
    const { customerId, name: customerName, contact } = customer;
    const leftMessageId = this.loop.newId('left');
    const { text = '' } = says[0] ?? {};
    const about = { leftMessageId, customerId, customerName, contact: contact || 'by post', text };
    step.add({ type: 'leftMessage.added', leftMessage: { ...about, groupId: this.groups[group]!, at: step.at } });
  }

  private sendFile(at: number, { customer }: Visit, conversationId: string, text: string): Deed {
    const content = Buffer.from(`${conversationId}\n${text}\n`);
    const attachmentId = createHash('sha256').update(content).digest('hex');
    const { customerId } = customer;
    const send = async () => {
      await this.files.receive(one(content), {
        id: customerId,
        cut: () => undefined,
        check: () => undefined,
        record: (file) =>
          this.loop.step((step) => step.add({ type: 'attachment.uploaded', by: customerId, file, at: step.at })),
      });
    };
    return { at, before: send, run: (step) => this.say(step, customer, conversationId, text, attachmentId) };
  }

  private holderOf(step: Step, conversationId: string): string | null {
    return routedConversation(step.state.routing, conversationId)?.agentId ?? null;
  }

  private note(step: Step, action: 'agent.put' | 'conversation.read', subject: string) {
    step.note({ by: { kind: 'agent', ...this.supervisor, device: 'Simulated' }, action, subject, changes: [] });
  }
}

async function* one(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
