import { expect, test } from 'vitest';
import * as z from 'zod';
import { agentResults } from '../../shared/protocol/agent-results';
import { agentAuth, agentCommand, agentEvent, fromAgent, toAgent } from '../../shared/protocol/agent-wire';
import { apiTokenView } from '../../shared/protocol/api-tokens';
import { asks } from '../../shared/protocol/asks';
import {
  assistantCommand,
  assistantEvent,
  assistedConversation,
  fromAssistant,
  toAssistant,
} from '../../shared/protocol/assistant-wire';
import { attachmentId, attachmentRef, attachmentView } from '../../shared/protocol/attachments';
import { auditActor, auditEntry } from '../../shared/protocol/audit';
import { blockView } from '../../shared/protocol/blocks';
import { cannedReplyView } from '../../shared/protocol/canned-replies';
import { customerPage, customerProfile } from '../../shared/protocol/customer-profile';
import { customerResults } from '../../shared/protocol/customer-results';
import { customerCommand, customerEvent, fromCustomer, toCustomer } from '../../shared/protocol/customer-wire';
import { agentStatus, count, epochMs, id, name, role, text } from '../../shared/protocol/fields';
import { foundConversation, historyCursor } from '../../shared/protocol/history';
import { workingHours } from '../../shared/protocol/hours';
import { label } from '../../shared/protocol/labels';
import { messageId } from '../../shared/protocol/message-page';
import { refusalView } from '../../shared/protocol/refusals';
import {
  agentView,
  assistantView,
  conversationView,
  customerConversationView,
  customerGroupView,
  customerMessageView,
  deviceView,
  groupView,
  hubFault,
  joinView,
  leftMessageView,
  messageFrom,
  messageView,
  officeView,
  systemLine,
  traceEntry,
  why,
} from '../../shared/protocol/views';
import { webhookAttempt, webhookView } from '../../shared/protocol/webhooks';
import { settingsPatchSchema } from '../../shared/routing/settings';
import { fieldsMarkdown } from './fields-md';

const intro = `# Every field of the wire

What [PROTOCOL.md](PROTOCOL.md) tells of, field by field, as the schemas hold it. A test writes this file from them: \`npx vitest run test/protocol/fields-md.test.ts -u\`.

Every command has \`"type":"command"\`, \`op\`, \`cid\` (an [id](#id)) and \`n\` (a whole number, 1 or more); every event has \`"type":"event"\`, \`name\`, \`seq\`, \`prev\` and \`at\`. They are left out below. A field with \`?\` may be absent. Lengths are in code points. What the hub sends may be an array of frames in protocol 2. The hub takes no field that is not here; a client ignores what it does not know.`;

const named = Object.entries({
  id,
  time: epochMs,
  count,
  name,
  text,
  label,
  'message id': messageId,
  'agent status': agentStatus,
  role,
  proof: agentAuth,
  settings: settingsPatchSchema,
  hours: workingHours,
  asks,
  page: customerPage,
  profile: customerProfile,
  'file id': attachmentId,
  'file sent': attachmentRef,
  file: attachmentView,
  sender: messageFrom,
  'system line': systemLine,
  message: messageView,
  'message to a customer': customerMessageView,
  why,
  conversation: conversationView,
  'conversation to its customer': customerConversationView,
  agent: agentView,
  device: deviceView,
  group: groupView,
  'group to customers': customerGroupView,
  'api token': apiTokenView,
  assistant: assistantView,
  'assisted conversation': assistedConversation,
  'left message': leftMessageView,
  office: officeView,
  'canned reply': cannedReplyView,
  webhook: webhookView,
  'webhook attempt': webhookAttempt,
  block: blockView,
  refusal: refusalView,
  fault: hubFault,
  'device that waits': joinView,
  'found conversation': foundConversation,
  'place in a search': historyCursor,
  'trace entry': traceEntry,
  'audit actor': auditActor,
  'audit entry': auditEntry,
}).map(([name, schema]) => ({ name, schema }));

const others = (schema: z.ZodDiscriminatedUnion, ...own: z.ZodType[]) =>
  (schema.options as z.ZodType[]).filter((option) => !own.includes(option));

test('FIELDS.md says what the schemas hold', async () => {
  const text = fieldsMarkdown(intro, named, [
    { title: 'From agents: commands', frames: [agentCommand], results: agentResults },
    { title: 'From agents: other frames', frames: others(fromAgent, agentCommand) },
    { title: 'To agents: events', frames: [agentEvent] },
    { title: 'To agents: other frames', frames: others(toAgent, agentEvent) },
    { title: 'From customers: commands', frames: [customerCommand], results: customerResults },
    { title: 'From customers: other frames', frames: others(fromCustomer, customerCommand) },
    { title: 'To customers: events', frames: [customerEvent] },
    { title: 'To customers: other frames', frames: others(toCustomer, customerEvent) },
    { title: 'From assistants: commands', frames: [assistantCommand] },
    { title: 'From assistants: other frames', frames: others(fromAssistant, assistantCommand) },
    { title: 'To assistants: events', frames: [assistantEvent] },
    { title: 'To assistants: other frames', frames: others(toAssistant, assistantEvent) },
  ]);
  await expect(text).toMatchFileSnapshot('../../shared/protocol/FIELDS.md');
});

test('a schema is written out once, and linked where else it stands', () => {
  const inner = z.object({ length: z.string().min(1).max(3) });
  const frame = z.object({ type: z.literal('greet'), whom: inner.nullable(), also: z.array(inner).max(2).optional() });
  const text = fieldsMarkdown('', [{ name: 'person', schema: inner }], [{ title: 'Frames', frames: [frame] }]);
  expect(text).toContain('| `whom` | [person](#person) or null |');
  expect(text).toContain('| `also?` | list of: [person](#person), at most 2 of them |');
  expect(text.match(/1 to 3 characters/g)).toHaveLength(1);
});
