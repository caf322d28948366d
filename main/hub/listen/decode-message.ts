import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import { messageTextMax } from '../../../shared/protocol/limits';

type Sent<Command> = Extract<Command, { op: 'message.send' }>;

/**
 * The command that nearly all traffic is, read by one pattern instead of a parser and a schema. What it takes means the
 * same to `decode`; anything else (fields in another order, escapes, attachments) is left to that. Every run ends at a
 * character that it can't take: a frame is walked once, whatever it holds.
 */
export const messagePatterns = {
  agent:
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none of them inside a text
    /^\{"type":"command","cid":"([^"\\\x00-\x1f]{1,64})","n":([1-9]\d{0,14}),"op":"message\.send","conversationId":"([^"\\\x00-\x1f]{1,64})","text":"([^"\\\x00-\x1f]*)"\}$/,
  customer:
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    /^\{"type":"command","cid":"([^"\\\x00-\x1f]{1,64})","n":([1-9]\d{0,14}),"op":"message\.send","text":"([^"\\\x00-\x1f]*)"\}$/,
};

/** Null: not a plain message, or not one that may be sent. */
export function agentMessage(frame: string): Sent<AgentCommand> | null {
  const match = messagePatterns.agent.exec(frame);
  if (!match) return null;
  const [, cid = '', n, conversationId = '', text = ''] = match;
  if (!saysSomething(text)) return null;
  return { type: 'command', cid, n: Number(n), op: 'message.send', conversationId, text };
}

export function customerMessage(frame: string): Sent<CustomerCommand> | null {
  const match = messagePatterns.customer.exec(frame);
  if (!match) return null;
  const [, cid = '', n, text = ''] = match;
  return saysSomething(text) ? { type: 'command', cid, n: Number(n), op: 'message.send', text } : null;
}

function saysSomething(text: string): boolean {
  return text.length <= messageTextMax && text.trim().length > 0;
}
