import { nextDeadline } from '../../../shared/routing';
import type { Random } from '../random';
import { randomSettings } from '../world-settings';
import { agentAct } from './agent-acts';
import { assistantAct } from './assistant-acts';
import { customerAct } from './customer-acts';
import type { HubRun } from './hub-run';
import { networkAct } from './network-acts';
import { Office } from './office';
import { shutOutAct } from './shut-out-acts';
import { superviseAct } from './supervisor-acts';

const timeWeights = { none: 15, moment: 45, seconds: 25, deadline: 10, minutes: 4, hour: 0.3 };
const actWeights = { agent: 44, customer: 32, supervisor: 7, network: 9, machine: 2.4, nothing: 4 };
const machineWeights = { crash: 6, powerCut: 2, stop: 2, diskFails: 1, sleep: 3, clockBack: 1.5, clockForward: 0.7 };
const graceSecondsMax = 120;

/** A small office with everything that can happen to it, generated from one seed. */
export class World {
  private readonly office: Office;
  /** The wall clock's offset from the true time; it is changed now and then. */
  private wallAheadMs = 0;
  private downUntil = 0;
  private wakeAt = 0;

  constructor(
    private readonly random: Random,
    private readonly run: HubRun,
  ) {
    this.office = new Office(run, random);
  }

  async open(): Promise<void> {
    await this.office.open(this.settings());
    this.run.wire.isFragile = true;
  }

  async step(): Promise<void> {
    const { run } = this;
    await run.time.advance(this.pause());
    if (!run.process) await this.startAgain();
    else if (run.process.clock.isAsleep) this.wake();
    else if (run.process.hub.closedBecause !== null) this.goDown('the hub ends', 0);
    else this.act();
  }

  /** Repairs everything: the hub runs, every line works and everybody is back. */
  async mend(): Promise<void> {
    const { run } = this;
    run.wire.isFragile = false;
    if (run.process?.clock.isAsleep) this.wake(true);
    if (run.process && run.process.hub.closedBecause !== null) this.goDown('the hub ends', 0);
    if (!run.process) await this.startAgain(true);
    for (const client of run.clients) {
      if (client.line?.isStalled) client.line.resume();
      if (client.isOff) client.reload();
    }
    // Long enough for the last half-open line to time out and the longest backoff to end.
    await run.time.advance(75_000);
    await run.settle();
    for (const client of run.clients)
      if (client.connection.link.state === 'up' && client.connection.outbox.length > 0)
        run.broken.push(`ack: ${client.name} waits for ever for ${JSON.stringify(client.connection.outbox)}`);
  }

  private act(): void {
    const { random, office } = this;
    if (this.run.shutsOut && random.chance(0.05)) {
      shutOutAct(office);
      return;
    }
    if (office.assistants.length > 0 && this.run.robots.chance(0.2)) {
      assistantAct(office);
      return;
    }
    switch (random.weighted(actWeights)) {
      case 'agent':
        agentAct(office);
        return;
      case 'customer':
        customerAct(office);
        return;
      case 'supervisor':
        superviseAct(office, (forGroup) => this.settings(forGroup));
        return;
      case 'network':
        networkAct(office);
        return;
      case 'machine':
        this.machineAct();
        return;
    }
  }

  private pause(): number {
    const { random, run } = this;
    switch (random.weighted(timeWeights)) {
      case 'none':
        return 0;
      case 'moment':
        return random.whole(1, 400);
      case 'seconds':
        return random.whole(1, 12) * (random.chance(0.7) ? 1_000 : 931);
      case 'deadline': {
        const deadline = run.process && nextDeadline(run.process.hub.state.routing);
        if (!run.process || deadline === null) return 1_000;
        return Math.min(600_000, Math.max(0, deadline - run.process.clock.now() + random.whole(-2, 2)));
      }
      case 'minutes':
        return random.whole(20, 240) * 1_000;
      case 'hour':
        return random.whole(10, 90) * 60_000;
    }
  }

  private settings(forGroup = false): Record<string, unknown> {
    const settings = randomSettings(this.random, forGroup) as { presence?: { conversationGraceSeconds?: number } };
    const { presence } = settings;
    if (typeof presence?.conversationGraceSeconds === 'number') {
      presence.conversationGraceSeconds = Math.min(graceSecondsMax, presence.conversationGraceSeconds);
      this.run.absences.graceSeconds = graceSecondsMax;
    }
    return settings;
  }

  private machineAct(): void {
    const { random, run } = this;
    const process = run.process!;
    switch (random.weighted(machineWeights)) {
      case 'crash':
        this.goDown('the hub crashes', random.pick([0, 500, 5_000, 40_000, 200_000]));
        return;
      case 'powerCut':
        // Some agents go home during the power cut.
        for (const agent of this.office.agents) if (random.chance(0.4)) agent.connection.stop();
        this.goDown('the power goes', random.pick([5_000, 40_000]));
        return;
      case 'stop':
        run.story.tell(() => '> the hub is stopped');
        process.stop();
        return;
      case 'diskFails':
        run.story.tell(() => '> the disk fails');
        run.failDisk();
        return;
      case 'sleep':
        this.wakeAt = run.time.now() + random.pick([2_000, 20_000, 300_000, 3_600_000]);
        run.story.tell(() => '> the machine sleeps');
        process.clock.sleep();
        return;
      case 'clockBack':
        this.setWall(-random.whole(1, 7_200) * 1_000);
        return;
      case 'clockForward':
        this.setWall(random.whole(1, 900) * 1_000);
        return;
    }
  }

  private setWall(byMs: number): void {
    this.run.story.tell(() => `> the wall clock is set by ${byMs / 1_000} s`);
    this.wallAheadMs += byMs;
    this.run.process?.clock.setWall(byMs);
  }

  private wake(now = false): void {
    const { run } = this;
    if (!now && run.time.now() < this.wakeAt) return;
    run.story.tell(() => '> the machine wakes');
    run.absences.startAnew();
    run.process?.clock.wake();
  }

  private goDown(why: string, downMs: number): void {
    this.run.story.tell(() => `> ${why}`);
    this.downUntil = this.run.time.now() + downMs;
    this.run.kill();
  }

  private async startAgain(now = false): Promise<void> {
    if (!now && this.run.time.now() < this.downUntil) return;
    this.run.story.tell(() => '> the hub starts again');
    await this.run.start(this.wallAheadMs);
  }
}
