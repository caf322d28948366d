import { addAgent, defaultCapacity } from '../entrance/set-up';
import type { HubOptions } from '../running-hub';
import type { FolderPorts } from '../store/writer-messages';
import { askRunningHub, type LocalLine, runningHub } from './local-line';
import { askRestingHub } from './resting-hub';

export interface AddedAgent {
  agentId: string;
  code: string;
  expiresAt: number;
  /** For a desktop on another machine; absent when the hub does not let other machines join. */
  link?: string;
}

/** A one-time code for the agent of this name, by the hub that runs on this folder, or in the folder itself. */
export async function addAgentTo(
  folder: string,
  name: string,
  setup: HubOptions['setup'],
  ports: FolderPorts,
): Promise<AddedAgent> {
  const running = await runningHub(folder);
  if (running) return askRunningHub(running, (line) => addOver(line, name));
  return askRestingHub(folder, setup, ports, async (hub) => {
    const added = addAgent(hub, name);
    await hub.outbox.durable(hub.state.seq);
    return added;
  });
}

async function addOver({ agents, groupIds, send }: LocalLine, name: string): Promise<AddedAgent> {
  let agentId = [...agents].find(([, known]) => known.toLowerCase() === name.toLowerCase())?.[0];
  if (agentId === undefined) {
    const groups = groupIds.map((groupId) => ({ groupId, priority: 1 }));
    const made = await send({ op: 'agent.put', name, role: 'agent', capacity: defaultCapacity, groups });
    agentId = String(made.agentId);
  }
  const { code, expiresAt, link } = await send({ op: 'agent.code', agentId });
  const linked = typeof link === 'string' ? { link } : {};
  return { agentId, code: String(code), expiresAt: Number(expiresAt), ...linked };
}
