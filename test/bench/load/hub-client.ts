import { protocolVersion } from '../../../shared/protocol/fields';
import { Wire } from './wire';

/** Where the hub of `servers/hub.ts` listens, and a one-time code of its supervisor. */
export interface HubReady {
  agent: string;
  customer: string;
  code: string;
}

// biome-ignore lint/suspicious/noExplicitAny: frames are read here and there only, the hub's tests check them all
export type Frame = Record<string, any>;

/** The frames of a message, as text: found without parsing, as none here has another one within. */
export function framesOf(message: string): string[] {
  return message.startsWith('[') ? message.slice(1, -1).split(/,(?=\{"type":")/) : [message];
}

/** An agent or customer of the hub. Parses frames as JSON, until a listener takes over the raw ones. */
export class HubClient {
  private n = 0;
  private waiting: { wanted: (frame: Frame) => boolean; resolve: (frame: Frame) => void }[] = [];

  private constructor(
    readonly wire: Wire,
    readonly welcome: Frame,
  ) {}

  get personId(): string {
    return this.welcome.agentId ?? this.welcome.customerId;
  }

  static agent(url: string, code: string, deviceId: string): Promise<HubClient> {
    return HubClient.join(url, { role: 'agent', auth: { kind: 'code', code }, deviceId, deviceLabel: deviceId });
  }

  static customer(url: string, deviceId: string): Promise<HubClient> {
    return HubClient.join(url, { role: 'customer', token: null, language: 'en', deviceId });
  }

  private static async join(url: string, hello: object): Promise<HubClient> {
    const wire = await Wire.open(url);
    const answer = new Promise<Frame>((resolve) => {
      wire.heard = (text) => resolve(JSON.parse(framesOf(text)[0]!));
    });
    wire.send(JSON.stringify({ type: 'hello', proto: protocolVersion, since: null, lastN: 0, ...hello }));
    const welcome = await answer;
    if (welcome.type !== 'welcome') throw new Error(`the hub did not let a client in: ${welcome.message}`);
    const client = new HubClient(wire, welcome);
    wire.heard = (text) => {
      for (const frame of framesOf(text)) client.heard(JSON.parse(frame));
    };
    return client;
  }

  /** Sends a command without waiting for its answer. */
  post(cid: string, body: object): void {
    this.n += 1;
    this.wire.send(JSON.stringify({ type: 'command', cid, n: this.n, ...body }));
  }

  /** Sends a command and returns its result. */
  async command(body: object): Promise<Frame> {
    const cid = `set-up-${this.n}`;
    this.post(cid, body);
    const answer = await this.until((frame) => frame.cid === cid);
    if (answer.type !== 'ack') throw new Error(`the hub refused ${JSON.stringify(body)}: ${answer.message}`);
    return answer.result ?? {};
  }

  until(wanted: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve) => this.waiting.push({ wanted, resolve }));
  }

  private heard(frame: Frame) {
    const found = this.waiting.filter(({ wanted }) => wanted(frame));
    if (found.length === 0) return;
    this.waiting = this.waiting.filter((each) => !found.includes(each));
    for (const { resolve } of found) resolve(frame);
  }
}

export interface Team {
  /** One-time, good for ten minutes. */
  supervisorCode: string;
  agents: { client: HubClient; groupId: string }[];
}

/** Creates agents, each in one of the groups, and brings them online. The office may have others, but none of these names. */
export async function openTeam(
  { agent: url, code }: HubReady,
  { agents, groups, capacity, settings }: { agents: number; groups: number; capacity: number; settings: object },
): Promise<Team> {
  const supervisor = await HubClient.agent(url, code, 'supervisor');
  await supervisor.command({ op: 'settings.update', settings });
  const groupIds: string[] = [];
  for (let index = 0; index < groups; index += 1)
    groupIds.push((await supervisor.command({ op: 'group.put', name: `Team group ${index}` })).groupId);
  const { code: supervisorCode } = await supervisor.command({ op: 'agent.code', agentId: supervisor.personId });
  const team: Team = { supervisorCode, agents: [] };
  for (let index = 0; index < agents; index += 1) {
    const groupId = groupIds[index % groups]!;
    const member = { name: `Team agent ${index}`, role: 'agent', capacity, groups: [{ groupId, priority: 1 }] };
    const { agentId } = await supervisor.command({ op: 'agent.put', ...member });
    const invitation = await supervisor.command({ op: 'agent.code', agentId });
    const client = await HubClient.agent(url, invitation.code, `device-${index}`);
    await client.command({ op: 'status.set', status: 'online' });
    team.agents.push({ client, groupId });
  }
  // A supervisor would be sent every event.
  supervisor.wire.close();
  return team;
}
