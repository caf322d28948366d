import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AgentCommandSpec, AgentCommandSpecs } from '../../main/hub/commands/command';
import { commandsOfCustomers } from '../../main/hub/commands/from-customer';
import { commandsOfAgents } from '../../main/hub/commands/table';
import { officeOnly, officeOrLocal, ownOnly, relationToOffice } from '../../main/hub/rights/rights';
import { done } from '../../main/hub/session/outcome';
import { parseRecord } from '../../main/hub/state/message-record';
import { hubRecord } from '../../main/hub/state/records';
import { type AgentOp, agentCommand } from '../../shared/protocol/agent-wire';
import { type AuditEntry, auditedAction } from '../../shared/protocol/audit';
import { customerCommand } from '../../shared/protocol/customer-wire';
import { settingRanges } from '../../shared/routing/settings';
import { workstationEn } from '../../shared/text/workstation-text';
import { type TestClient, TestHub } from '../support/hub';
import { smallPng } from '../support/small-png';
import { answering } from '../support/webhook-receiver';

const ops = agentCommand.options.map((option) => option.shape.op.value);
const protocol = readFileSync(new URL('../../shared/protocol/PROTOCOL.md', import.meta.url), 'utf8');

test('every command of the wire has its spec, and no other has', () => {
  expect(Object.keys(commandsOfAgents).sort()).toEqual([...ops].sort());
  const customerOps: string[] = customerCommand.options.map((option) => option.shape.op.value);
  expect(Object.keys(commandsOfCustomers).sort()).toEqual(customerOps.sort());
});

test('what the table must not say does not compile', () => {
  const { 'offer.accept': accept, ...others } = commandsOfAgents;
  // @ts-expect-error: one command is missing
  const incomplete: AgentCommandSpecs<AgentOp> = others;
  // @ts-expect-error: the hub's own command line may not use it
  const forAll: AgentCommandSpec<'offer.accept'> = { ...accept, rights: officeOrLocal };
  // @ts-expect-error: the audit log knows no such action
  const told: AgentCommandSpec<'offer.accept'> = { ...accept, audit: { subject: () => null } };
  // @ts-expect-error: its sender and everybody else have to be told apart
  const open: AgentCommandSpec<'audit.export'> = { rights: officeOnly, audit: 'none', step: () => done };
  // @ts-expect-error: it is executed in no way
  const idle: AgentCommandSpec<'date.confirm'> = { rights: ownOnly, relation: relationToOffice, audit: 'none' };
  expect([incomplete, forAll, told, open, idle]).toHaveLength(5);
});

/** The last cell of a command's row. */
function whoMay(op: string): string {
  const row = protocol.split('\n').find((line) => line.startsWith(`| \`${op}\` |`)) ?? '';
  return row.split(' | ').at(-1)!.replace(/ \|$/, '');
}

test.each(ops)('PROTOCOL.md says who may use %s', (op) => {
  const { agent, supervisor } = commandsOfAgents[op].rights;
  const expected: Record<string, RegExp> = {
    ' / own group other': /^supervisor/,
    ' / office': /^supervisor$/,
    'own / own': /^own(\. .*)?$/,
    'own / own group other': /^own; supervisor: (any|anybody's|what nobody has, too)$/,
    'own / own office': /^own; supervisor: shared ones$/,
    'own group / own group other': /^own (and own )?groups'; supervisor: any(\. .*)?$/,
  };
  expect(whoMay(op)).toMatch(expected[`${agent.join(' ')} / ${supervisor.join(' ')}`]!);
});

test('PROTOCOL.md names the commands that belong to the line: those that are no step', () => {
  const [, list = ''] = /^- (`conversation\.watch`.*) belong to the line/m.exec(protocol) ?? [];
  const named = [...list.matchAll(/`([\w.]+)`/g)].map(([, op]) => op!);
  expect(named.sort()).toEqual(ops.filter((op) => !('step' in commandsOfAgents[op])).sort());
});

interface Scene {
  office: TestHub;
  sam: TestClient;
  ana: TestClient;
  mei: TestClient;
  /** Mei's, which Ana has. */
  conversationId: string;
}

async function scene(): Promise<Scene> {
  const office = await TestHub.start({ post: answering(204) });
  const ana = await office.online('Ana');
  const sam = await office.supervisor();
  const mei = await office.customer('Mei', { text: 'a word' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  return { office, sam, ana, mei, conversationId: ana.conversation.conversationId };
}

function withAssistant({ sam }: Scene): { assistantId: string } {
  return { assistantId: sam.command({ op: 'assistant.put', name: 'Fern', groupIds: [] }).result.assistantId };
}

function withWebhook({ sam }: Scene): { webhookId: string } {
  const put = { url: 'http://127.0.0.1:9/hook', events: ['agent.status'] };
  return { webhookId: sam.command({ op: 'webhook.put', ...put }).result.webhookId };
}

async function leftMessage({ office }: Scene): Promise<string> {
  const li = await office.customer('Li', null);
  return li.command({ op: 'message.leave', name: 'Li', contact: '', text: 'call me' }).result.leftMessageId;
}

interface Act {
  /** Before it; gives the fields of the command. */
  body(scene: Scene): object | Promise<object>;
  /** `told`: the fields of the command and of its result. */
  subject(scene: Scene, told: Record<string, string>): string | null | undefined;
  /** The fields that change. */
  changes?: string[];
}

const office = () => null;
const agentFields = ['name', 'role', 'capacity', 'devices', 'passphrase'];

/** Of every command that the audit log tells of: what a supervisor sends, and what the log then says. */
const audited: Partial<Record<AgentOp, Act>> = {
  'status.set': {
    body: ({ ana }) => ({ agentId: ana.welcome.agentId, status: 'busy' }),
    subject: () => 'Ana',
    changes: ['status'],
  },
  'reception.set': {
    body: ({ ana }) => ({ agentId: ana.welcome.agentId, automatic: true }),
    subject: () => 'Ana',
    changes: ['automatic'],
  },
  'conversation.claim': {
    body: ({ conversationId }) => ({ conversationId, force: true }),
    subject: ({ conversationId }) => conversationId,
    changes: ['agent'],
  },
  'conversation.transfer': {
    body({ sam, conversationId }) {
      sam.command({ op: 'conversation.claim', conversationId, force: true });
      const { groupId } = sam.command({ op: 'group.put', name: 'Elsewhere' }).result;
      return { conversationId, to: { groupId }, force: true };
    },
    subject: ({ conversationId }) => conversationId,
    changes: ['agent', 'group'],
  },
  'conversation.close': {
    async body({ office, sam, ana }) {
      ana.command({ op: 'status.set', status: 'busy' });
      await office.customer('Li', { text: 'anybody there?' });
      return { conversationId: sam.conversations.find(({ customerName }) => customerName === 'Li')!.conversationId };
    },
    subject: (_scene, { conversationId }) => conversationId,
    changes: ['group'],
  },
  'conversation.reopen': {
    body({ ana, conversationId }) {
      ana.command({ op: 'conversation.close', conversationId });
      return { conversationId };
    },
    subject: ({ conversationId }) => conversationId,
  },
  'conversation.watch': {
    body: ({ conversationId }) => ({ conversationId }),
    subject: ({ conversationId }) => conversationId,
  },
  'conversation.read': {
    body: ({ conversationId }) => ({ conversationId, endedAt: null }),
    subject: ({ conversationId }) => conversationId,
  },
  'conversation.find': { body: () => ({ text: 'word', after: null, length: 10 }), subject: office },
  'customer.put': {
    body: ({ conversationId }) => ({ conversationId, name: 'Mei Lin' }),
    subject: ({ conversationId }) => conversationId,
  },
  'customer.block': {
    body: ({ mei }) => ({ customerId: mei.welcome.customerId, forMs: null, address: false, note: '' }),
    subject: ({ mei }) => mei.welcome.customerId,
    changes: ['until', 'withAddress'],
  },
  'block.lift': {
    body({ sam, mei }) {
      const block = { customerId: mei.welcome.customerId, forMs: null, address: false, note: '' };
      return { blockId: sam.command({ op: 'customer.block', ...block }).result.blockId };
    },
    subject: ({ mei }) => mei.welcome.customerId,
    changes: ['until', 'withAddress'],
  },
  'customer.erase': {
    body: ({ mei }) => ({ customerId: mei.welcome.customerId }),
    subject: ({ mei }) => mei.welcome.customerId,
  },
  'group.put': { body: () => ({ name: 'Orders' }), subject: () => 'Orders', changes: ['name'] },
  'group.remove': {
    body: ({ sam }) => ({ groupId: sam.command({ op: 'group.put', name: 'Orders' }).result.groupId }),
    subject: () => 'Orders',
    changes: ['name'],
  },
  'agent.put': {
    body: () => ({ name: 'Cy', role: 'agent', capacity: 1, groups: [] }),
    subject: () => 'Cy',
    changes: agentFields,
  },
  'agent.remove': {
    body: ({ ana }) => ({ agentId: ana.welcome.agentId }),
    subject: () => 'Ana',
    changes: [...agentFields, 'groups.Reception'],
  },
  'agent.code': { body: ({ ana }) => ({ agentId: ana.welcome.agentId }), subject: () => 'Ana' },
  'agent.revoke': {
    body: ({ ana }) => ({ agentId: ana.welcome.agentId }),
    subject: () => 'Ana',
    changes: ['devices'],
  },
  'assistant.put': {
    body: () => ({ name: 'Fern', groupIds: [] }),
    subject: () => 'Fern',
    changes: ['name', 'groups', 'token'],
  },
  'assistant.remove': { body: withAssistant, subject: () => 'Fern', changes: ['name', 'groups', 'token'] },
  'assistant.token': { body: withAssistant, subject: () => 'Fern', changes: ['token'] },
  'assistant.revoke': {
    body(scene) {
      const { assistantId } = withAssistant(scene);
      scene.sam.command({ op: 'assistant.token', assistantId });
      return { assistantId };
    },
    subject: () => 'Fern',
    changes: ['token'],
  },
  'device.revoke': {
    body: ({ ana }) => ({ deviceId: ana.device }),
    subject: () => 'Ana',
    changes: ['device'],
  },
  'join.answer': {
    async body({ office, sam, ana }) {
      const { code } = sam.command({ op: 'agent.code', agentId: ana.welcome.agentId }).result;
      await office.agentWith({ kind: 'code', code }, 'device-far', '192.168.1.20');
      return { joinId: sam.events('joins.changed').at(-1).joins[0].joinId, accept: false };
    },
    subject: office,
  },
  'office.put': {
    body: () => ({
      name: 'Renamed',
      retentionDays: 30,
      tags: ['Invoice'],
      wrapUpCodes: ['Solved'],
      breakReasons: ['Lunch'],
      asks: { name: 'optional', contact: 'required', group: false },
      widget: { sites: ['https://shop.example'], whenAway: 'hide', greetAfterSeconds: 5 },
    }),
    subject: office,
    changes: [
      ...['name', 'retentionDays', 'tags', 'wrapUpCodes', 'breakReasons', 'asks.name', 'asks.contact', 'asks.group'],
      ...['widget.sites', 'widget.whenAway', 'widget.greetAfterSeconds'],
    ],
  },
  'chatPage.put': {
    body: () => ({
      chatPage: {
        words: { en: { 'form.intro': 'Hi' }, zh: {} },
        look: { color: '#ffdd00', logo: smallPng, launcher: { side: 'left', sidePx: 1, bottomPx: 2 } },
      },
    }),
    subject: office,
    changes: [
      'chatPage.words.en.form.intro',
      ...['color', 'logo', 'launcher.side', 'launcher.sidePx', 'launcher.bottomPx'].map(
        (each) => `chatPage.look.${each}`,
      ),
    ],
  },
  'officeHours.put': {
    body: () => ({ hours: { timeZone: 'UTC', weekly: [], holidays: [] } }),
    subject: office,
    changes: ['hours.timeZone', 'hours.weekly', 'hours.holidays'],
  },
  'settings.update': {
    body: () => ({ settings: { wrapUpSeconds: 7 } }),
    subject: office,
    changes: ['wrapUpSeconds'],
  },
  'date.confirm': { body: () => ({}), subject: office },
  'audit.export': { body: () => ({}), subject: office },
  'office.backup': {
    body({ office }) {
      Object.assign(office.store, { backup: async (name: string) => ({ fileName: name, bytes: 1 }) });
      return { passphrase: null };
    },
    subject: (_scene, { fileName }) => fileName,
  },
  'passphrase.change': {
    body: () => ({ old: 'correct horse battery', new: 'another correct horse battery' }),
    subject: () => 'Sam',
  },
  'apiToken.make': {
    body: () => ({ name: 'Shop', scopes: ['messages:write'] }),
    subject: () => 'Shop',
    changes: ['scopes'],
  },
  'apiToken.revoke': {
    body: ({ sam }) => ({
      tokenId: sam.command({ op: 'apiToken.make', name: 'Shop', scopes: ['messages:write'] }).result.tokenId,
    }),
    subject: () => 'Shop',
    changes: ['scopes'],
  },
  'identitySecret.make': { body: () => ({}), subject: () => null },
  'identitySecret.remove': {
    body: ({ sam }) => ({ secretId: sam.command({ op: 'identitySecret.make' }).result.secretId }),
    subject: () => null,
  },
  'webhook.put': {
    body: () => ({ url: 'http://127.0.0.1:9/hook', events: ['agent.status'] }),
    subject: () => '127.0.0.1:9',
    changes: ['url', 'events', 'paused'],
  },
  'webhook.remove': { body: withWebhook, subject: () => '127.0.0.1:9', changes: ['url', 'events', 'paused'] },
  'webhook.pause': {
    body: (scene) => ({ ...withWebhook(scene), paused: true }),
    subject: () => '127.0.0.1:9',
    changes: ['paused'],
  },
  'webhook.rotate': { body: withWebhook, subject: () => '127.0.0.1:9' },
  'webhook.resend': {
    async body(scene) {
      const { webhookId } = withWebhook(scene);
      scene.ana.command({ op: 'status.set', status: 'busy' });
      const attempts = () => scene.sam.command({ op: 'webhook.attempts', webhookId }).result.attempts;
      for (let turn = 0; turn < 100 && attempts().length === 0; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      return { webhookId, eventId: attempts()[0].eventId };
    },
    subject: () => '127.0.0.1:9',
  },
  'webhook.test': { body: withWebhook, subject: () => '127.0.0.1:9' },
  'cannedReply.put': {
    body: () => ({ scope: 'shared', shortcut: 'hi', text: 'Hello' }),
    subject: () => 'hi',
    changes: ['shortcut', 'text'],
  },
  'cannedReply.remove': {
    body({ sam }) {
      const shared = { scope: 'shared', shortcut: 'hi', text: 'Hello' };
      return { cannedReplyId: sam.command({ op: 'cannedReply.put', ...shared }).result.cannedReplyId };
    },
    subject: () => 'hi',
    changes: ['shortcut', 'text'],
  },
  'leftMessage.begin': {
    body: async (scene) => ({ leftMessageId: await leftMessage(scene) }),
    subject: (_scene, { leftMessageId }) => leftMessageId,
  },
  'leftMessage.done': {
    body: async (scene) => ({ leftMessageId: await leftMessage(scene) }),
    subject: (_scene, { leftMessageId }) => leftMessageId,
  },
  'leftMessage.reopen': {
    async body(scene) {
      const leftMessageId = await leftMessage(scene);
      scene.sam.command({ op: 'leftMessage.done', leftMessageId });
      return { leftMessageId, endedAt: scene.office.clock.now() };
    },
    subject: (_scene, { leftMessageId }) => leftMessageId,
  },
};

/** The log page has words for the field, in both languages: other tests hold them together. */
function hasWords(field: string): boolean {
  const sentence = field.replace(/^chatPage\.words\.(en|zh)\./, 'chatPage.sentence.');
  const texts = [`audit.field.${field}`, sentence];
  return field in settingRanges || field.startsWith('groups.') || texts.some((key) => key in workstationEn);
}

function entriesIn(line: string): AuditEntry[] {
  const { events } = hubRecord.parse(parseRecord(line));
  return events.flatMap(({ of, event }) => (of === 'hub' && event.type === 'audit.noted' ? event.entry : []));
}

/** What no line can be asked for here: other machines do not reach this hub. */
const refusedHere: AgentOp[] = ['hubKey.rotate'];

test.each(ops)('the audit log tells of %s as its spec says', async (op) => {
  const { audit } = commandsOfAgents[op];
  const act = audited[op];
  if (refusedHere.includes(op)) return expect([act, audit]).toEqual([undefined, 'itself']);
  if (!act) return expect(audit).toBe('none');
  expect(audit).not.toBe('none');
  const stage = await scene();
  const body = await act.body(stage);
  const { lines } = stage.office.store.disk;
  const linesBefore = lines.length;
  const answer = await stage.sam.asked({ op, ...body });
  expect(answer).toMatchObject({ type: 'ack' });
  const told = lines.slice(linesBefore).flatMap(entriesIn);
  expect(told).toHaveLength(1);
  const [{ action, by, subject, changes }] = told as [AuditEntry];
  expect(action).toBe(op);
  expect(by).toMatchObject({ kind: 'agent', name: 'Sam' });
  expect(subject).toBe(act.subject(stage, { ...body, ...answer.result }));
  expect(changes.map(({ field }) => field).sort()).toEqual([...(act.changes ?? [])].sort());
  expect(changes.filter(({ field }) => !hasWords(field))).toEqual([]);
});

test('the audit log tells of no command that is not in it', () => {
  const told: string[] = ops.filter((op) => commandsOfAgents[op].audit !== 'none' && !refusedHere.includes(op));
  expect(auditedAction.options.filter((action) => (ops as string[]).includes(action)).sort()).toEqual(told.sort());
});
