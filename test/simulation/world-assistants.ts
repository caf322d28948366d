import type { Command } from '../../shared/routing';
import { type Model, type ModelConversation, openConversations } from './model';
import type { Random } from './random';

const names = ['Bot', 'Echo'];

/** BO1 to BO5: the assistants of an office, of two thirds of all, and what is done with what is with them. */
export class Assistants {
  private readonly names: readonly string[];

  constructor(
    private readonly random: Random,
    private readonly run: { model: Model },
    private readonly groups: readonly string[],
  ) {
    this.names = random.chance(0.67) ? names.slice(0, random.whole(1, names.length)) : [];
  }

  initial(at: number): Command[] {
    return this.names.flatMap((assistantId): Command[] => [
      this.put(at, assistantId),
      { type: 'assistant.connect', at, assistantId },
    ]);
  }

  /** Null: something else happens. */
  next(at: number): Command | null {
    const { random } = this;
    if (this.names.length === 0 || !random.chance(0.2)) return null;
    const assistantId = random.pick(this.names);
    const assisted = this.one((each) => each.stage === 'assisted');
    const away = this.names.find((id) => this.run.model.assistants.get(id)?.connected === false);
    const roll = random.whole(0, 99);
    if (away !== undefined && roll < 40) return { type: 'assistant.connect', at, assistantId: away };
    if (assisted && roll < 75) return this.withOne(at, assisted, roll);
    if (roll < 84) return this.handBack(at);
    if (roll < 88) return { type: 'assistant.connect', at, assistantId };
    if (roll < 92) return { type: 'assistant.disconnect', at, assistantId };
    return roll < 98 ? this.put(at, assistantId) : { type: 'assistant.remove', at, assistantId };
  }

  private withOne(at: number, { id: conversationId, assistantId }: ModelConversation, roll: number): Command {
    const { random } = this;
    const own = random.chance(0.95) ? (assistantId ?? '') : random.pick(this.names);
    if (roll < 30) return { type: 'message.sent', at, conversationId, from: 'assistant', assistantId: own };
    if (roll < 45) return { type: 'message.sent', at, conversationId, from: 'customer' };
    if (roll < 60) return { type: 'conversation.handOver', at, conversationId };
    const to = random.chance(0.3) ? { groupId: random.pick(this.groups) } : {};
    const priority = random.chance(0.3) ? { priority: random.whole(0, 9) } : {};
    const note = random.chance(0.3) ? { note: 'wants a refund' } : {};
    return { type: 'conversation.handOver', at, conversationId, assistantId: own, ...to, ...priority, ...note };
  }

  private handBack(at: number): Command | null {
    const active = this.one((each) => each.stage === 'active');
    return active && { type: 'conversation.handBack', at, agentId: active.agentId!, conversationId: active.id };
  }

  private put(at: number, assistantId: string): Command {
    const groupIds = this.groups.filter(() => this.random.chance(0.6));
    return { type: 'assistant.put', at, assistantId, name: assistantId, groupIds };
  }

  private one(fits: (conversation: ModelConversation) => boolean): ModelConversation | null {
    const fitting = openConversations(this.run.model).filter(fits);
    return fitting.length > 0 ? this.random.pick(fitting) : null;
  }
}
