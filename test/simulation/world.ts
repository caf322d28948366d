import type { AgentStatus, Command, SettingsPatch } from '../../shared/routing';
import { type Model, type ModelAgent, type ModelConversation, openConversations } from './model';
import type { Random } from './random';
import type { Run, Step } from './runner';
import { Assistants } from './world-assistants';
import { junk } from './world-junk';
import {
  type Act,
  actWeightsOf,
  type Mood,
  moodOf,
  patientTimeWeights,
  sameInstantChance,
  timeWeights,
} from './world-moods';
import { patientSettings, randomSettings } from './world-settings';

const agentNames = ['Ana', 'Ben', 'Chen', 'Dora', 'Emil', 'Fay', 'Gu', 'Hana'];
const groupNames = ['Billing', 'Sales', 'Support'];
const customerNames = Array.from({ length: 15 }, (_, index) => `customer-${index + 1}`);
const mondayMorning = Date.UTC(2026, 0, 5, 9);

/** A small office and its customers, generated from one seed. */
export class World {
  private conversationCount = 0;
  private readonly initial: Step[];
  private readonly mood: Mood;
  private readonly groups: string[];
  private readonly agents: readonly string[];
  private readonly assistants: Assistants;
  /** LR5: the last receptionists of customers who are away. */
  private readonly away = new Map<string, { agentId: string; at: number }>();

  constructor(
    private readonly random: Random,
    private readonly run: Run,
    /** Draws of its own, so that customers who go away and return leave everything else of a seed as it is. */
    private readonly aside: Random,
    /** For the same reason: of assistants. */
    robots: Random,
  ) {
    this.groups = groupNames.slice(0, random.whole(1, 3));
    this.agents = agentNames.slice(0, random.whole(1, 8));
    const at = mondayMorning;
    this.mood = moodOf(random.next());
    if (this.mood === 'patient' || this.mood === 'frantic') this.agents = agentNames;
    const commands: Command[] = [{ type: 'settings.update', at, settings: randomSettings(random) as SettingsPatch }];
    if (this.mood === 'hasty') {
      commands.push({ type: 'settings.update', at, settings: { reception: { roundPauseSeconds: 0 } } });
    } else if (this.mood === 'frantic') {
      const reception = { automatic: false, roundPauseSeconds: 0, maxRedirects: 0 };
      commands.push({ type: 'settings.update', at, settings: { reception } });
    } else if (this.mood === 'patient') {
      commands.push({ type: 'settings.update', at, settings: patientSettings(random) });
    }
    for (const groupId of this.groups) commands.push({ type: 'group.put', at, groupId, name: groupId });
    for (const agentId of this.agents) {
      commands.push(this.putAgent(at, agentId), { type: 'agent.connect', at, agentId });
      if (random.chance(0.7)) commands.push({ type: 'agent.status', at, agentId, status: 'online' });
    }
    this.assistants = new Assistants(robots, run, this.groups);
    commands.push(...this.assistants.initial(at));
    this.initial = commands.map((command) => ({ command }));
  }

  next(): Step {
    const first = this.initial.shift();
    if (first) return first;
    if (this.aside.chance(0.03)) return { command: this.goOrReturn(this.run.at) };
    if (this.aside.chance(0.02)) return { command: this.takeUp(this.run.at) };
    const robotic = this.assistants.next(this.run.at);
    if (robotic) return { command: robotic };
    const { at, sleptMs } = this.nextTime();
    if (sleptMs !== undefined) return { command: { type: 'tick', at, sleptMs } };
    const act = this.random.weighted(actWeightsOf[this.mood]);
    if (act === 'hubRestart') {
      return { command: { type: 'hub.started', at }, restart: this.random.pick(['replayed', 'imported']) };
    }
    if (act === 'lateAccept') {
      const offer = [...this.run.model.offers.values()].at(-this.random.whole(1, 5));
      if (!offer) return { command: { type: 'tick', at } };
      const agentId = this.random.chance(0.8) ? offer.agentId : this.random.pick(this.agents);
      return { command: { type: 'offer.accept', at, agentId, offerId: offer.id }, offerOf: offer.conversationId };
    }
    return { ...this.step(act, at), tickFirst: this.random.chance(0.06) };
  }

  private nextTime(): { at: number; sleptMs?: number } {
    const { random, run } = this;
    const now = run.at || mondayMorning;
    const deadline = run.deadline ?? now + 1_000;
    const sameInstant = sameInstantChance[this.mood];
    if (sameInstant > 0 && random.chance(sameInstant)) return { at: now };
    switch (random.weighted(this.mood === 'patient' ? patientTimeWeights : timeWeights)) {
      case 'none':
        return { at: now };
      case 'moment':
        return { at: now + random.whole(1, 700) };
      case 'seconds':
        return { at: now + random.whole(1, 12) * (random.chance(0.7) ? 1_000 : 931) };
      case 'deadline':
        return { at: deadline };
      case 'nearDeadline':
        return { at: Math.max(now, deadline + random.pick([-1, 1])) };
      case 'minutes':
        return { at: now + random.pick([60_000, 60_000, 300_000, 900_000, 3_600_000]) };
      case 'sleep': {
        const sleptMs = random.whole(10, 3_600) * 1_000;
        return { at: now + sleptMs + random.whole(0, 100), sleptMs };
      }
    }
  }

  private step(act: Act, at: number): Step {
    const { random, run } = this;
    const nothing: Step = { command: { type: 'tick', at } };
    const one = (stage: ModelConversation['stage']) => this.pickConversation((each) => each.stage === stage);
    switch (act) {
      case 'open':
        return { command: this.open(at) };
      case 'leave': {
        const conversation = this.pickConversation(() => true);
        return conversation
          ? { command: { type: 'conversation.leave', at, conversationId: conversation.id } }
          : nothing;
      }
      case 'accept':
      case 'decline': {
        const ringing = one('offered');
        if (!ringing) return nothing;
        const [agentId, offerId] = [ringing.agentId!, ringing.offerId!];
        return { command: { type: `offer.${act}`, at, agentId, offerId }, offerOf: ringing.id };
      }
      case 'answer':
      case 'acknowledge':
      case 'close': {
        const active = one('active');
        return active ? { command: this.tend(act, at, active.id, active.agentId!) } : nothing;
      }
      case 'customerWrites': {
        const conversation = this.pickConversation(() => true);
        if (!conversation) return nothing;
        return { command: { type: 'message.sent', at, conversationId: conversation.id, from: 'customer' } };
      }
      case 'wrapUpDone': {
        const wrapping = [...run.model.agents.values()].filter((each) => each.wrapUps.size > 0);
        if (wrapping.length === 0) return nothing;
        const agent = random.pick(wrapping);
        return {
          command: { type: 'wrapUp.done', at, agentId: agent.id, conversationId: random.pick([...agent.wrapUps]) },
        };
      }
      case 'claim': {
        const conversation = this.pickConversation((each) => each.stage !== 'active' || random.chance(0.2));
        if (!conversation) return nothing;
        const force = random.chance(0.3) ? { force: true } : {};
        const agentId = random.pick(this.agents);
        return { command: { type: 'conversation.claim', at, agentId, conversationId: conversation.id, ...force } };
      }
      case 'transfer':
        return this.transfer(at) ?? nothing;
      case 'junk':
        return { command: junk(random, run.model, at) };
      case 'nothing':
        return nothing;
      default:
        return { command: this.manage(act, at) };
    }
  }

  private tend(act: 'answer' | 'acknowledge' | 'close', at: number, conversationId: string, agentId: string): Command {
    if (act === 'answer')
      return { type: 'message.sent', at, conversationId, from: 'agent', agentId, ...this.unseen(at, conversationId) };
    if (act === 'acknowledge') return { type: 'conversation.ack', at, agentId, conversationId };
    if (this.random.chance(0.8)) return { type: 'conversation.close', at, conversationId, by: 'agent', agentId };
    return { type: 'conversation.close', at, conversationId, by: this.random.pick(['customer', 'system']) };
  }

  /** UN1: every fourth answer was written before the customer's latest words. No number is drawn: seeds stay what they are. */
  private unseen(at: number, conversationId: string): { unseenSince?: number } {
    const since = this.run.model.conversations.get(conversationId)?.unansweredSince ?? null;
    return since === null || at % 4 !== 0 ? {} : { unseenSince: Math.ceil((since + at) / 2) };
  }

  private transfer(at: number): Step | null {
    const { random } = this;
    const active = this.pickConversation((each) => each.stage === 'active');
    if (!active) return null;
    const to = random.chance(0.7) ? { agentId: random.pick(this.agents) } : { groupId: random.pick(this.groups) };
    const agentId = random.chance(0.95) ? active.agentId! : random.pick(this.agents);
    const extra = { ...(random.chance(0.3) ? { note: 'please' } : {}), ...(random.chance(0.2) ? { force: true } : {}) };
    return { command: { type: 'conversation.transfer', at, agentId, conversationId: active.id, to, ...extra } };
  }

  private open(at: number): Command {
    const { random } = this;
    this.conversationCount += 1;
    const customerId = random.pick(customerNames);
    return {
      type: 'conversation.open',
      at,
      conversationId: `talk-${this.conversationCount}`,
      customerId,
      groupId: random.pick(this.groups),
      ...(random.chance(0.2) ? { priority: random.whole(0, 9) } : {}),
      ...(random.chance(0.1) ? { channel: 'mail' } : {}),
    };
  }

  /** LR5: two customers go away, or one returns. */
  private goOrReturn(at: number): Command {
    const { aside, away, run } = this;
    const [customerId, other] = [aside.pick(customerNames), aside.pick(customerNames)];
    const gone = away.get(customerId);
    if (gone) {
      away.delete(customerId);
      return { type: 'receptionist.recall', at, customerId, receptionistId: gone.agentId, wroteAt: gone.at };
    }
    for (const each of [customerId, other]) {
      const last = run.model.lastReceptionist.get(each);
      if (last) away.set(each, last);
    }
    return { type: 'receptionists.forget', at, customerIds: [customerId, other] };
  }

  /** RO1, TR5: an ended conversation is taken up again, or an agent begins one. */
  private takeUp(at: number): Command {
    const { aside, run } = this;
    const agentId = aside.chance(0.4) ? { agentId: aside.pick(this.agents) } : {};
    const ended = [...run.model.closed.keys()].slice(-6);
    if (ended.length > 0 && aside.chance(0.85))
      return { type: 'conversation.reopen', at, conversationId: aside.pick(ended), ...agentId };
    this.conversationCount += 1;
    const about = { conversationId: `talk-${this.conversationCount}`, customerId: aside.pick(customerNames) };
    return { type: 'conversation.open', at, ...about, groupId: aside.pick(this.groups), ...agentId };
  }

  private manage(act: Act, at: number): Command {
    const { random, run } = this;
    const agentId = random.pick(this.agents);
    const groupId = random.pick(this.groups);
    switch (act) {
      case 'status': {
        const ringing = this.mood === 'frantic' ? this.pickConversation((each) => each.stage === 'offered') : null;
        if (ringing && random.chance(0.5))
          return { type: 'agent.status', at, agentId: ringing.agentId!, status: 'busy' };
        const status = random.pick<AgentStatus>(['online', 'online', 'online', 'busy', 'shortBreak', 'offline']);
        if (random.chance(0.1)) return { type: 'agent.idle', at, agentId };
        if (random.chance(0.2))
          return { type: 'agent.afterThis', at, agentId, status: status === 'online' ? null : status };
        const reason = random.chance(0.2) ? { reason: random.pick(['lunch', 'a meeting']) } : {};
        return {
          type: 'agent.status',
          at,
          agentId,
          status,
          ...reason,
          ...(random.chance(0.3) ? { by: 'supervisor' } : {}),
        };
      }
      case 'connect':
        return { type: 'agent.connect', at, agentId: this.pickAgent((each) => !each.connected) ?? agentId };
      case 'disconnect':
        return { type: 'agent.disconnect', at, agentId: this.pickAgent((each) => each.connected) ?? agentId };
      case 'reception':
        return { type: 'agent.reception', at, agentId, automatic: random.pick([true, false, null]) };
      case 'settings':
        return { type: 'settings.update', at, settings: randomSettings(random) as SettingsPatch };
      case 'group':
        return { type: 'group.put', at, groupId, name: groupId, settings: randomSettings(random, true) };
      case 'groupOpen':
        return { type: 'group.open', at, groupId, open: random.chance(0.7) };
      case 'groupRemove':
        return {
          type: 'group.remove',
          at,
          groupId,
          ...(random.chance(0.7) ? { moveTo: random.pick(this.groups) } : {}),
        };
      case 'agentRemove':
        return { type: 'agent.remove', at, agentId };
      default:
        return run.model.groups.size > 0 || act === 'agent' ? this.putAgent(at, agentId) : { type: 'tick', at };
    }
  }

  private putAgent(at: number, agentId: string): Command {
    const { random } = this;
    const groups = this.groups
      .filter(() => random.chance(0.75))
      .map((groupId) => ({ groupId, priority: random.whole(1, 3) }));
    return {
      type: 'agent.put',
      at,
      agentId,
      name: agentId,
      capacity: random.whole(1, this.mood === 'patient' ? 2 : 4),
      groups,
    };
  }

  private pickAgent(fits: (agent: ModelAgent) => boolean): string | null {
    const fitting = [...this.run.model.agents.values()].filter(fits);
    return fitting.length > 0 ? this.random.pick(fitting).id : null;
  }

  private pickConversation(fits: (conversation: ModelConversation) => boolean): ModelConversation | null {
    const fitting = openConversations(this.run.model).filter(fits);
    return fitting.length > 0 ? this.random.pick(fitting) : null;
  }
}

/** All agents come online, accept and close every conversation; one that remains was lost by the hub. */
export function closingStep(model: Model, at: number): Command | null {
  for (const agent of model.agents.values()) {
    const { id: agentId } = agent;
    if (!agent.connected) return { type: 'agent.connect', at, agentId };
    if (agent.status !== 'online') return { type: 'agent.status', at, agentId, status: 'online' };
    const done = [...agent.wrapUps][0];
    if (done !== undefined) return { type: 'wrapUp.done', at, agentId, conversationId: done };
  }
  for (const conversation of openConversations(model)) {
    const { id: conversationId, stage, agentId, offerId } = conversation;
    if (stage === 'assisted') return { type: 'conversation.handOver', at, conversationId };
    if (stage === 'offered') return { type: 'offer.accept', at, agentId: agentId!, offerId: offerId! };
    if (stage === 'active' && !conversation.attended) {
      return { type: 'message.sent', at, conversationId, from: 'agent', agentId: agentId! };
    }
    if (stage === 'active') return { type: 'conversation.close', at, conversationId, by: 'agent', agentId: agentId! };
  }
  return null;
}
