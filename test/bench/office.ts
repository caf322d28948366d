import type { Random } from '../simulation/random';

export interface OfficeSize {
  agents: number;
  waiting: number;
  groups: number;
}

export interface Arrival {
  conversationId: string;
  groupId: string;
  priority: number;
}

export interface Assignment {
  conversationId: string;
  agentId: string;
}

/**
 * The workload for every router: a full office with a queue. Closing one conversation frees a slot, the next in line is
 * offered and accepted, and a new one arrives, so the queue keeps its length.
 */
export interface Router {
  addAgent(agentId: string, capacity: number, groupIds: string[]): void;
  /** Returns the resulting offers. */
  open(arrival: Arrival): Assignment[];
  /** The agent accepts an offer; returns the resulting offers. */
  accept(assignment: Assignment): Assignment[];
  /** Closes an active conversation; returns the resulting offers. */
  close(conversationId: string): Assignment[];
  waitingCount(): number;
}

const capacity = 2;
/** Enough to compare two routers; a complete log would add garbage collection to the measurement. */
const logMax = 10_000;

/** The same office for every router of this size: agents in two groups each, priorities mixed. */
export class Office {
  /** The first assignments, in order. */
  readonly log: Assignment[] = [];
  private readonly active: string[] = [];
  private readonly waiting = new Map<string, string>();
  private readonly lastOfLane = new Map<string, number>();
  private arrivalCount = 0;

  constructor(
    private readonly router: Router,
    private readonly size: OfficeSize,
    private readonly random: Random,
  ) {
    for (let index = 0; index < size.agents; index += 1) {
      const groupIds = [`g${index % size.groups}`, `g${(index + 1) % size.groups}`];
      router.addAgent(`a${index}`, capacity, [...new Set(groupIds)]);
    }
    const total = size.agents * capacity + size.waiting;
    for (let count = 0; count < total; count += 1) this.arrive();
    this.check();
  }

  /** Closes this many conversations, each followed by a decision and an arrival. */
  turn(decisions: number): void {
    for (let count = 0; count < decisions; count += 1) {
      const place = this.random.whole(0, this.active.length - 1);
      const ended = this.active[place]!;
      this.active[place] = this.active.at(-1)!;
      this.active.pop();
      this.take(this.router.close(ended));
      this.arrive();
    }
  }

  /** No conversation lost, no agent idle despite the queue; duplicates and disorder throw when they happen. */
  check(): void {
    const waiting = this.router.waitingCount();
    if (waiting !== this.waiting.size) throw new Error(`${this.waiting.size} should wait, not ${waiting}`);
    if (this.active.length !== this.size.agents * capacity) throw new Error('an agent is idle beside the queue');
  }

  private arrive(): void {
    const conversationId = `c${this.arrivalCount}`;
    const groupId = `g${this.random.whole(0, this.size.groups - 1)}`;
    const priority = this.random.pick([2, 5, 5, 5, 8]);
    this.arrivalCount += 1;
    this.waiting.set(conversationId, `${groupId}/${priority}`);
    this.take(this.router.open({ conversationId, groupId, priority }));
  }

  private take(assignments: Assignment[]): void {
    for (const assignment of assignments) {
      const { conversationId } = assignment;
      const lane = this.waiting.get(conversationId);
      if (lane === undefined) throw new Error(`${conversationId} was assigned twice`);
      this.waiting.delete(conversationId);
      const place = Number(conversationId.slice(1));
      if ((this.lastOfLane.get(lane) ?? -1) > place) throw new Error(`${conversationId} was passed over in ${lane}`);
      this.lastOfLane.set(lane, place);
      if (this.log.length < logMax) this.log.push(assignment);
      this.active.push(conversationId);
      this.take(this.router.accept(assignment));
    }
  }
}
