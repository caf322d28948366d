import type { AgentStatus, Command } from '../../../shared/routing';
import type { Model } from '../../simulation/model';

/** What a verb may look at to find the ids that the text leaves out. */
export interface Scene {
  at: number;
  model: Model;
  /** The customer's newest conversation, by customer. */
  newest: Map<string, string>;
  /** How many conversations each customer has started. */
  started: Map<string, number>;
}

interface Verb {
  pattern: RegExp;
  /** Throws an Error that says what is missing. */
  commands(scene: Scene, ...words: string[]): Command[];
}

const statuses: Record<string, AgentStatus> = {
  online: 'online',
  busy: 'busy',
  offline: 'offline',
  'on a short break': 'shortBreak',
};

function conversationOf(scene: Scene, customer: string): string {
  const id = scene.newest.get(customer);
  if (id === undefined) throw new Error(`${customer} has not written yet`);
  return id;
}

/** The newest offer rung at the agent, open or not: pressing the button late is part of life. */
function offerAt(scene: Scene, agentId: string, customer: string | undefined): string {
  const id = customer === undefined ? undefined : conversationOf(scene, customer);
  const offers = [...scene.model.offers.values()].filter(
    (each) => each.agentId === agentId && (id === undefined || each.conversationId === id),
  );
  const offer = offers.filter((each) => each.open).at(-1) ?? offers.at(-1);
  if (!offer) throw new Error(`nothing has rung at ${agentId}${customer ? ` for ${customer}` : ''} yet`);
  return offer.id;
}

function settingValue(text: string): unknown {
  if (text === 'on') return true;
  if (text === 'off') return false;
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

/** `reception.redirect.enabled on, wrapUpSeconds 20` as a nested patch. */
function settingsOf(text: string): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const part of text.split(/,\s*/)) {
    const [path = '', ...value] = part.split(' ');
    if (value.length === 0) throw new Error(`“${part}” has no value`);
    const keys = path.split('.');
    const last = keys.pop() ?? path;
    let node = root;
    for (const key of keys) {
      node[key] ??= {};
      node = node[key] as Record<string, unknown>;
    }
    node[last] = settingValue(value.join(' '));
  }
  return root;
}

function memberships(text: string): { groupId: string; priority: number }[] {
  return text.split(/,\s*/).map((part) => {
    const found = /^(\w+)(?: \((\d+)\))?$/.exec(part);
    if (!found) throw new Error(`“${part}” is no group; write “Billing” or “Billing (2)”`);
    return { groupId: found[1] ?? '', priority: Number(found[2] ?? 1) };
  });
}

function open(scene: Scene, customerId: string, groupId: string, priority?: string): Command[] {
  const count = (scene.started.get(customerId) ?? 0) + 1;
  const conversationId = count === 1 ? customerId : `${customerId}-${count}`;
  const isOpen = scene.model.conversations.has(scene.newest.get(customerId) ?? '');
  if (!isOpen) {
    scene.started.set(customerId, count);
    scene.newest.set(customerId, conversationId);
  }
  const extra = priority === undefined ? {} : { priority: Number(priority) };
  return [{ type: 'conversation.open', at: scene.at, conversationId, customerId, groupId, ...extra }];
}

function handOver(
  scene: Scene,
  agentId: string,
  customer: string,
  target: string,
  note?: string,
  force?: string,
): Command[] {
  const to = scene.model.groups.has(target) ? { groupId: target } : { agentId: target };
  const extra = { ...(note === undefined ? {} : { note }), ...(force === undefined ? {} : { force: true }) };
  const conversationId = conversationOf(scene, customer);
  return [{ type: 'conversation.transfer', at: scene.at, agentId, conversationId, to, ...extra }];
}

const setUpVerbs: Verb[] = [
  {
    pattern: /^settings of (\w+): (.+)$/,
    commands: ({ at }, groupId, text) => [
      { type: 'group.put', at, groupId: groupId!, name: groupId!, settings: settingsOf(text!) },
    ],
  },
  {
    pattern: /^settings: (.+)$/,
    commands: ({ at }, text) => [{ type: 'settings.update', at, settings: settingsOf(text!) }],
  },
  {
    pattern: /^group (\w+)$/,
    commands: ({ at }, groupId) => [{ type: 'group.put', at, groupId: groupId!, name: groupId! }],
  },
  {
    pattern: /^agent (\w+) takes (\d+) in (.+)$/,
    commands: ({ at }, agentId, capacity, groups) => [
      {
        type: 'agent.put',
        at,
        agentId: agentId!,
        name: agentId!,
        capacity: Number(capacity),
        groups: memberships(groups!),
      },
    ],
  },
  {
    pattern: /^(\w+) (opens|closes) for the day$/,
    commands: ({ at }, groupId, verb) => [{ type: 'group.open', at, groupId: groupId!, open: verb === 'opens' }],
  },
  { pattern: /^the hub restarts$/, commands: ({ at }) => [{ type: 'hub.started', at }] },
  { pattern: /^time passes$/, commands: ({ at }) => [{ type: 'tick', at }] },
  {
    pattern: /^the machine wakes after (\d+) s$/,
    commands: ({ at }, seconds) => [{ type: 'tick', at, sleptMs: Number(seconds) * 1_000 }],
  },
];

const customerVerbs: Verb[] = [
  {
    pattern: /^(\w+) writes to (\w+)(?: with priority (\d))?$/,
    commands: (scene, customer, group, priority) => open(scene, customer!, group!, priority),
  },
  {
    pattern: /^(\w+) leaves$/,
    commands: (scene, customer) => [
      { type: 'conversation.leave', at: scene.at, conversationId: conversationOf(scene, customer!) },
    ],
  },
  {
    pattern: /^(\w+) says more$/,
    commands: (scene, customer) => [
      { type: 'message.sent', at: scene.at, conversationId: conversationOf(scene, customer!), from: 'customer' },
    ],
  },
];

const agentVerbs: Verb[] = [
  {
    pattern: /^(\w+) comes to work$/,
    commands: ({ at }, agentId) => [
      { type: 'agent.connect', at, agentId: agentId! },
      { type: 'agent.status', at, agentId: agentId!, status: 'online' },
    ],
  },
  { pattern: /^(\w+) connects$/, commands: ({ at }, agentId) => [{ type: 'agent.connect', at, agentId: agentId! }] },
  {
    pattern: /^(\w+) loses the connection$/,
    commands: ({ at }, agentId) => [{ type: 'agent.disconnect', at, agentId: agentId! }],
  },
  {
    pattern: /^(\w+) goes (online|busy|offline|on a short break)$/,
    commands: ({ at }, agentId, status) => [
      { type: 'agent.status', at, agentId: agentId!, status: statuses[status!]! },
    ],
  },
  {
    pattern: /^(\w+) sets (\w+) (online|busy|offline|on a short break)$/,
    commands: ({ at }, by, agentId, status) => [
      { type: 'agent.status', at, agentId: agentId!, status: statuses[status!]!, by: by! },
    ],
  },
  {
    pattern: /^(\w+) accepts(?: (\w+))?$/,
    commands: (scene, agentId, customer) => [
      { type: 'offer.accept', at: scene.at, agentId: agentId!, offerId: offerAt(scene, agentId!, customer) },
    ],
  },
  {
    pattern: /^(\w+) declines(?: (\w+))?$/,
    commands: (scene, agentId, customer) => [
      { type: 'offer.decline', at: scene.at, agentId: agentId!, offerId: offerAt(scene, agentId!, customer) },
    ],
  },
  {
    pattern: /^(\w+)'s workstation shows (\w+)$/,
    commands: (scene, agentId, customer) => [
      { type: 'conversation.ack', at: scene.at, agentId: agentId!, conversationId: conversationOf(scene, customer!) },
    ],
  },
  {
    pattern: /^(\w+) answers (\w+)$/,
    commands: (scene, agentId, customer) => [
      {
        type: 'message.sent',
        at: scene.at,
        conversationId: conversationOf(scene, customer!),
        from: 'agent',
        agentId: agentId!,
      },
    ],
  },
  {
    pattern: /^(\w+) ends (\w+)$/,
    commands: (scene, agentId, customer) => [
      {
        type: 'conversation.close',
        at: scene.at,
        conversationId: conversationOf(scene, customer!),
        by: 'agent',
        agentId: agentId!,
      },
    ],
  },
  {
    pattern: /^(\w+) claims (\w+)( by force)?$/,
    commands: (scene, agentId, customer, force) => [
      {
        type: 'conversation.claim',
        at: scene.at,
        agentId: agentId!,
        conversationId: conversationOf(scene, customer!),
        ...(force === undefined ? {} : { force: true }),
      },
    ],
  },
  {
    pattern: /^(\w+) hands (\w+) to (\w+)(?:, saying “(.*)”)?( by force)?$/,
    commands: (scene, agentId, customer, target, note, force) =>
      handOver(scene, agentId!, customer!, target!, note, force),
  },
  {
    pattern: /^(\w+) is done with (\w+)$/,
    commands: (scene, agentId, customer) => [
      { type: 'wrapUp.done', at: scene.at, agentId: agentId!, conversationId: conversationOf(scene, customer!) },
    ],
  },
];

const assistantVerbs: Verb[] = [
  {
    pattern: /^assistant (\w+) serves (.+)$/,
    commands: ({ at }, assistantId, groups) => [
      { type: 'assistant.put', at, assistantId: assistantId!, name: assistantId!, groupIds: groups!.split(/,\s*/) },
      { type: 'assistant.connect', at, assistantId: assistantId! },
    ],
  },
  {
    pattern: /^assistant (\w+) (connects|loses the line|is removed)$/,
    commands: ({ at }, assistantId, what) => {
      const act = what === 'connects' ? 'connect' : what === 'is removed' ? 'remove' : 'disconnect';
      return [{ type: `assistant.${act}`, at, assistantId: assistantId! }];
    },
  },
  {
    pattern: /^assistant (\w+) answers (\w+)$/,
    commands: (scene, assistantId, customer) => {
      const conversationId = conversationOf(scene, customer!);
      return [{ type: 'message.sent', at: scene.at, conversationId, from: 'assistant', assistantId: assistantId! }];
    },
  },
  {
    pattern: /^assistant (\w+) hands (\w+) over(?: to (\w+))?(?:, saying “(.*)”)?$/,
    commands: (scene, assistantId, customer, groupId, note) => {
      const to = { ...(groupId === undefined ? {} : { groupId }), ...(note === undefined ? {} : { note }) };
      const conversationId = conversationOf(scene, customer!);
      return [{ type: 'conversation.handOver', at: scene.at, conversationId, assistantId: assistantId!, ...to }];
    },
  },
  {
    pattern: /^(\w+) asks for a person$/,
    commands: (scene, customer) => [
      { type: 'conversation.handOver', at: scene.at, conversationId: conversationOf(scene, customer!) },
    ],
  },
  {
    pattern: /^(\w+) hands (\w+) back$/,
    commands: (scene, agentId, customer) => {
      const conversationId = conversationOf(scene, customer!);
      return [{ type: 'conversation.handBack', at: scene.at, agentId: agentId!, conversationId }];
    },
  },
];

const verbs = [...setUpVerbs, ...assistantVerbs, ...customerVerbs, ...agentVerbs];

/** The commands behind one line. Throws for a line that is no known verb. */
export function commandsOf(scene: Scene, text: string): Command[] {
  for (const { pattern, commands } of verbs) {
    const found = pattern.exec(text);
    if (found) return commands(scene, ...found.slice(1));
  }
  const known = verbs.map(({ pattern }) => `  ${pattern.source.replace(/^\^|\$$/g, '')}`).join('\n');
  throw new Error(`nobody knows this verb. There are:\n${known}`);
}
