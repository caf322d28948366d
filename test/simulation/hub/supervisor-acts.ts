import type { WorkingHours } from '../../../shared/protocol/hours';
import type { AgentView } from '../../../shared/protocol/views';
import type { SettingsPatch } from '../../../shared/routing';
import { say } from './agent-acts';
import type { Office } from './office';
import type { AgentBody, AgentClient } from './people';

const weights = {
  settings: 8,
  groupSettings: 5,
  officeHours: 1,
  newGroup: 1,
  removeGroup: 0.7,
  agent: 5,
  status: 4,
  rename: 1,
  code: 4,
  revoke: 1.5,
  removeAgent: 0.5,
};
const groupsMax = 4;
const devicesMax = 12;

type RandomSettings = (forGroup?: boolean) => Record<string, unknown>;

/** A supervisor changes the office during work, but never the first supervisor's account, so that one remains. */
export function superviseAct(office: Office, settings: RandomSettings): void {
  const { random, agents } = office;
  const isBoss = ({ isUp, picture, agentId }: AgentClient) =>
    isUp && picture.agents.get(agentId)?.role === 'supervisor';
  const bosses = agents.filter(isBoss);
  if (bosses.length === 0) return;
  const boss = random.pick(bosses);
  const act = random.weighted(weights);
  const others = [...boss.picture.agents.values()].filter(({ name }) => name !== 'Sam');
  const other = others.length > 0 ? random.pick(others) : null;
  if (act === 'code') {
    if (other) join(office, boss, other);
    return;
  }
  const body = forOffice(office, boss, act, settings) ?? (other && forAgent(office, boss, act, other));
  if (body) say(office, boss, body);
}

type Act = keyof typeof weights;

function forOffice(office: Office, boss: AgentClient, act: Act, settings: RandomSettings): AgentBody | null {
  const { random } = office;
  const groupIds = [...boss.picture.groups.keys()];
  switch (act) {
    case 'settings':
      return { op: 'settings.update', settings: settings() as SettingsPatch };
    case 'rename':
      return { op: 'office.put', name: `Office ${office.nextNumber()}` };
    case 'officeHours':
      return { op: 'officeHours.put', hours: someHours(office) };
    case 'newGroup':
      return groupIds.length < groupsMax ? { op: 'group.put', name: `Group ${office.nextNumber()}` } : null;
    case 'groupSettings':
      return groupIds.length > 0 ? groupPut(office, boss, random.pick(groupIds), settings(true)) : null;
    case 'removeGroup':
      return groupIds.length > 1
        ? { op: 'group.remove', groupId: random.pick(groupIds), moveTo: random.pick(groupIds) }
        : null;
    default:
      return null;
  }
}

function forAgent(office: Office, boss: AgentClient, act: Act, other: AgentView): AgentBody | null {
  const { random } = office;
  const { agentId } = other;
  switch (act) {
    case 'agent': {
      const groups = office.someGroups([...boss.picture.groups.keys()]);
      const role = random.chance(0.15) ? random.pick(['agent', 'supervisor'] as const) : other.role;
      const name = random.chance(0.1) ? `Agent${office.nextNumber()}` : other.name;
      return { op: 'agent.put', agentId, name, role, capacity: random.whole(0, 4), groups };
    }
    case 'status':
      return { op: 'status.set', agentId, status: random.pick(['online', 'busy', 'offline'] as const) };
    case 'revoke':
      return { op: 'agent.revoke', agentId };
    case 'removeAgent':
      return { op: 'agent.remove', agentId };
    default:
      return null;
  }
}

/** A code for a device that can't sign in any more, or for another one. */
function join(office: Office, boss: AgentClient, { agentId, name }: AgentView): void {
  const { random, run, agents } = office;
  run.story.tell(() => `> ${boss.name} makes a code for ${name}`);
  void boss.send({ op: 'agent.code', agentId }).then((answer) => {
    // The answer to a repeat has no secret.
    if (!answer.ok || !answer.result) return;
    const auth = { kind: 'code', code: answer.result.code } as const;
    const out = agents.find((each) => each.agentId === agentId && each.connection.link.state === 'refused');
    if (out) {
      out.auth = auth;
      out.connection.retryNow();
    } else if (agents.length < devicesMax && random.chance(0.7)) office.agentDevice(name, auth);
  });
}

function groupPut(office: Office, boss: AgentClient, groupId: string, settings: Record<string, unknown>): AgentBody {
  const { random } = office;
  const known = boss.picture.groups.get(groupId)?.name ?? 'Group';
  const name = random.chance(0.2) ? `Group ${office.nextNumber()}` : known;
  const hours = random.chance(0.3) ? { hours: someHours(office) } : {};
  return { op: 'group.put', groupId, name, settings: settings as SettingsPatch, ...hours };
}

function someHours({ random }: Office): WorkingHours | null {
  if (random.chance(0.5)) return null;
  const from = random.whole(0, 11);
  const two = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: two(from), to: two(from + random.whole(1, 12)) }));
  return { timeZone: random.pick(['UTC', 'Asia/Shanghai', 'Europe/Berlin']), weekly, holidays: [] };
}
