import type { ToAgent } from '../../../shared/protocol/agent-wire';
import type { ConversationView } from '../../../shared/protocol/views';
import type { Hub } from '../start-hub';
import { InMemoryClient } from './in-memory-client';
import type { SeededRandom } from './random';
import { sampleReplies } from './sample-data';

const repliesMax = 4;

export interface Demonstration {
  hub: Hub;
  random: SeededRandom;
  /** Calls `run` after so many seconds, unless the demonstration has ended. */
  later(seconds: number, run: () => void): void;
}

/** A colleague who accepts most offers, answers, and closes conversations that are done. */
export class SimulatedAgent {
  private readonly client: InMemoryClient;
  private agentId = '';
  private readonly replies = new Map<string, number>();
  private readonly mine = new Map<string, ConversationView>();

  constructor(
    private readonly stage: Demonstration,
    auth: { kind: 'code'; code: string },
    deviceId: string,
  ) {
    const hello = { role: 'agent' as const, auth, deviceId, deviceLabel: 'Simulated' };
    this.client = new InMemoryClient(stage.hub, 'agent', hello, (frame) => this.onFrame(frame as ToAgent));
  }

  leave(): void {
    this.client.leave();
  }

  private onFrame(frame: ToAgent) {
    if (frame.type === 'welcome') this.agentId = frame.agentId;
    if (frame.type === 'caughtUp') this.client.command({ op: 'status.set', status: 'online' });
    if (frame.type !== 'event') return;
    if (frame.name === 'conversation.changed') this.changed(frame.conversation);
    if (frame.name === 'conversation.removed') this.mine.delete(frame.conversationId);
    if (frame.name === 'message.added' && frame.message.from.kind === 'customer')
      this.replyTo(frame.message.conversationId);
    if (frame.name === 'agent.changed' && frame.agent.agentId === this.agentId && frame.agent.status === 'shortBreak')
      this.stage.later(this.stage.random.between(20, 60), () => {
        this.client.command({ op: 'status.set', status: 'online' });
      });
  }

  private changed(conversation: ConversationView) {
    const { conversationId, agentId, stage, offerId } = conversation;
    const before = this.mine.get(conversationId);
    if (agentId !== this.agentId) {
      this.mine.delete(conversationId);
      return;
    }
    this.mine.set(conversationId, conversation);
    const { random } = this.stage;
    if (stage === 'offered' && offerId !== null && before?.offerId !== offerId) {
      // Now and then the agent answers too late, so that the timeout is seen.
      const seconds = random.next() < 0.15 ? 45 : random.between(2, 12);
      this.stage.later(seconds, () => this.client.command({ op: 'offer.accept', offerId }));
    }
    if (stage === 'active' && before?.stage !== 'active') {
      this.client.command({ op: 'conversation.ack', conversationId });
      this.replyTo(conversationId);
    }
  }

  private replyTo(conversationId: string) {
    this.stage.later(this.stage.random.between(4, 14), () => {
      if (this.mine.get(conversationId)?.stage !== 'active') return;
      const count = this.replies.get(conversationId) ?? 0;
      this.replies.set(conversationId, count + 1);
      if (count < repliesMax) {
        const text = sampleReplies[Math.min(count, sampleReplies.length - 1)]!;
        this.client.command({ op: 'message.send', conversationId, text });
        return;
      }
      this.replies.delete(conversationId);
      this.client.command({ op: 'conversation.close', conversationId });
    });
  }
}
