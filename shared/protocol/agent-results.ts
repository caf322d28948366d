import type { AgentOp } from './agent-wire';
import type { AuditPage } from './audit';
import type { CustomerAddress } from './blocks';
import type { HistoryPage, ReadConversation } from './history';
import type { MessagePage } from './message-page';
import type { MessageView, TraceEntry } from './views';

interface Results {
  'conversation.earlier': MessagePage<MessageView>;
  'conversation.trace': { trace: TraceEntry[]; names: Record<string, string> };
  'conversation.find': HistoryPage;
  'conversation.read': ReadConversation;
  'customer.block': { blockId: string };
  'customer.address': CustomerAddress;
  'group.put': { groupId: string };
  'agent.put': { agentId: string };
  'agent.code': { code: string; expiresAt: number; link?: string };
  'office.backup': { fileName: string; bytes: number };
  'audit.list': AuditPage;
  'cannedReply.put': { cannedReplyId: string };
  'leftMessage.reopen': { leftMessageId: string };
}
export type AgentResult<Op extends AgentOp> = Op extends keyof Results ? Results[Op] : undefined;
