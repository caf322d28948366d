import type { CustomerCommand } from './customer-wire';
import type { MessagePage } from './message-page';
import type { CustomerMessageView } from './views';

export type CustomerOp = CustomerCommand['op'];
interface Results {
  'conversation.open': { conversationId: string };
  'conversation.earlier': MessagePage<CustomerMessageView>;
  'message.leave': { leftMessageId: string };
}
export type CustomerResult<Op extends CustomerOp> = Op extends keyof Results ? Results[Op] : undefined;
