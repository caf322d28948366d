import type { AgentResults } from '../protocol/agent-results';
import type { AgentCommand, AgentEvent, AgentHello, WelcomeAgent } from '../protocol/agent-wire';
import type {
  AssistantCommand,
  AssistantEvent,
  AssistantHello,
  AssistantSignal,
  WelcomeAssistant,
} from '../protocol/assistant-wire';
import type { CustomerResults } from '../protocol/customer-results';
import type { CustomerCommand, CustomerEvent, CustomerHello, WelcomeCustomer } from '../protocol/customer-wire';
import type { AgentSignal, CustomerSignal, SignalToAgent, SignalToCustomer } from '../protocol/signals';

/** The frames of one role. Types only: zod would make the customer's page four times as large. */
export interface AgentWire {
  hello: AgentHello;
  command: AgentCommand;
  results: AgentResults;
  event: AgentEvent;
  welcome: WelcomeAgent;
  signal: AgentSignal;
  receivedSignal: SignalToAgent;
}
export interface CustomerWire {
  hello: CustomerHello;
  command: CustomerCommand;
  results: CustomerResults;
  event: CustomerEvent;
  welcome: WelcomeCustomer;
  signal: CustomerSignal;
  receivedSignal: SignalToCustomer;
}
/** A program that speaks first (BO1). */
export interface AssistantWire {
  hello: AssistantHello;
  command: AssistantCommand;
  results: Record<never, never>;
  event: AssistantEvent;
  welcome: WelcomeAssistant;
  signal: AssistantSignal;
  receivedSignal: SignalToAgent;
}
export type Wire = AgentWire | CustomerWire | AssistantWire;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A command as a caller writes it: the connection adds `type`, `cid` and `n`. */
export type CommandBody<W extends Wire> = Without<W['command'], 'type' | 'cid' | 'n'>;
/** The result of a command; `undefined`: it has none. */
export type ResultOf<W extends Wire, Op> = Op extends keyof W['results'] ? W['results'][Op] : undefined;
/** The role's own fields of `hello`. */
export type HelloBody<W extends Wire> = Without<W['hello'], 'type' | 'proto' | 'deviceId' | 'since' | 'lastN'>;
