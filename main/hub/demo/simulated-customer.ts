import type { ToCustomer } from '../../../shared/protocol/customer-wire';
import { InMemoryClient } from './in-memory-client';
import { sampleFollowUps } from './sample-data';
import type { Demonstration } from './simulated-agent';

/** A customer who arrives, asks, waits with some patience, answers and leaves. */
export class SimulatedCustomer {
  private readonly client: InMemoryClient;
  private readonly rounds: number;
  private said = 0;
  private over = false;
  private served = false;

  constructor(
    private readonly stage: Demonstration,
    private readonly visit: { name: string; groupId: string; question: string; deviceId: string },
    private readonly left: () => void,
  ) {
    const { random, hub } = stage;
    this.rounds = random.between(1, sampleFollowUps.length);
    const language = /\p{Script=Han}/u.test(visit.name) ? ('zh' as const) : ('en' as const);
    const hello = { role: 'customer' as const, token: null, language, deviceId: visit.deviceId };
    this.client = new InMemoryClient(hub, 'customer', hello, (frame) => this.onFrame(frame as ToCustomer));
    stage.later(random.between(90, 300), () => {
      if (!this.served) this.go();
    });
  }

  go(): void {
    if (this.over) return;
    this.client.command({ op: 'conversation.leave' });
    this.end();
  }

  private onFrame(frame: ToCustomer) {
    const { name, groupId, question } = this.visit;
    if (frame.type === 'caughtUp') this.client.command({ op: 'conversation.open', name, groupId, text: question });
    if (frame.type !== 'event') return;
    if (frame.name === 'conversation.changed') {
      if (frame.conversation.stage === 'active') this.served = true;
      if (frame.conversation.stage === 'closed') this.stage.later(1, () => this.end());
    } else if (frame.name === 'message.added' && frame.message.from.kind === 'agent') this.answer();
  }

  private answer() {
    this.stage.later(this.stage.random.between(3, 12), () => {
      if (this.over) return;
      if (this.said >= this.rounds) return this.go();
      this.client.command({ op: 'message.send', text: sampleFollowUps[this.said]! });
      this.said += 1;
    });
  }

  private end() {
    if (this.over) return;
    this.over = true;
    this.client.leave();
    this.left();
  }
}
