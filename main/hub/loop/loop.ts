import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { CloseName } from '../../../shared/protocol/close-codes';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import type { HubLimits } from '../limits';
import type { Clock, Log } from '../ports';
import type { Outbox } from '../session/outbox';
import type { Session, Sessions } from '../session/session';
import type { HubState } from '../state/hub-state';
import type { Step } from '../state/step';
import type { Guard } from './guard';

/** What commands and services use of the loop. */
export interface Loop {
  readonly state: HubState;
  readonly sessions: Sessions;
  readonly outbox: Outbox;
  readonly limits: HubLimits;
  readonly clock: Clock;
  readonly log: Log;
  readonly guard: Guard;
  /** Asked for and not done yet: what is named when this hub meets an error in the middle of it. */
  readonly underWay: Set<AgentCommand | CustomerCommand>;
  /** Why nothing is accepted any more, or null. */
  readonly closedBecause: CloseName | null;
  /** No command is executed that adds text. */
  readonly isDiskShort: boolean;
  /** Epoch milliseconds, never below what is recorded (TM1). */
  now(): number;
  newId(kind: string): string;
  randomBytes(size: number): Uint8Array;
  /** In the middle of this command a hub before this one has met an error. */
  hasFailed(command: AgentCommand | CustomerCommand): boolean;
  /** Whether commands of this session are still taken. */
  hears(session: Session): boolean;
  /** Done as a whole, or this hub is over: throws `HubOver`. */
  whole<T>(work: () => T): T;
  /** One step, recorded and published at once; what it tells waits for the disk. Throws `HubOver`. */
  step<T>(work: (step: Step) => T): T;
  /** Closes a session; for everybody else its person has gone. */
  drop(session: Session, why: CloseName): void;
}
