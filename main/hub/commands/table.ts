import type { AgentOp } from '../../../shared/protocol/agent-wire';
import { agentCommands } from './agent';
import { apiTokenCommands } from './api-token';
import { assistantCommands } from './assistant';
import { auditCommands } from './audit';
import { backupCommands } from './backup';
import { blockCommands } from './block';
import { cannedReplyCommands } from './canned-reply';
import { chatPageCommands } from './chat-page';
import type { AgentCommandSpecs } from './command';
import { conversationCommands } from './conversation';
import { deviceCommands } from './device';
import { eraseCommands } from './erase';
import { groupCommands } from './group';
import { historyCommands } from './history';
import { hubKeyCommands } from './hub-key';
import { identitySecretCommands } from './identity-secret';
import { leftMessageCommands } from './left-message';
import { messageCommands } from './message';
import { offerCommands } from './offer';
import { officeCommands } from './office';
import { passphraseCommands } from './passphrase';
import { profileCommands } from './profile';
import { statusCommands } from './status';
import { webhookCommands } from './webhook';

/** Every command of agents; one that is missing here does not compile. Customers' are in from-customer.ts. */
export const commandsOfAgents: AgentCommandSpecs<AgentOp> = {
  ...statusCommands,
  ...offerCommands,
  ...conversationCommands,
  ...historyCommands,
  ...messageCommands,
  ...profileCommands,
  ...blockCommands,
  ...eraseCommands,
  ...groupCommands,
  ...agentCommands,
  ...assistantCommands,
  ...deviceCommands,
  ...officeCommands,
  ...chatPageCommands,
  ...identitySecretCommands,
  ...apiTokenCommands,
  ...webhookCommands,
  ...backupCommands,
  ...passphraseCommands,
  ...hubKeyCommands,
  ...auditCommands,
  ...cannedReplyCommands,
  ...leftMessageCommands,
};
