import { makeCodeFor } from '../entrance/codes';
import type { Hub } from '../start-hub';
import { SeededRandom } from './random';
import { sampleCustomers, sampleGroups, sampleQuestions, sampleTeam } from './sample-data';
import { type Demonstration, SimulatedAgent } from './simulated-agent';
import { SimulatedCustomer } from './simulated-customer';

const seed = 20_261_122;
const customersMax = 8;

export interface RunningDemo {
  stop(): void;
}

/** Fills an office with a sample team, and runs simulated customers and colleagues in it, over the same wire. */
export function startDemo(hub: Hub): RunningDemo {
  const codes = makeTeam(hub);
  const random = new SeededRandom(seed);
  const cancels = new Set<() => void>();
  let stopped = false;
  const stage: Demonstration = {
    hub,
    random,
    later(seconds, run) {
      if (stopped) return;
      const cancel = hub.clock.at(hub.clock.now() + seconds * 1_000, () => {
        cancels.delete(cancel);
        run();
      });
      cancels.add(cancel);
    },
  };
  const agents = codes.map((code, index) => new SimulatedAgent(stage, { kind: 'code', code }, `sample-agent-${index}`));
  let present = 0;
  let arrived = 0;
  const arrive = () => {
    stage.later(random.between(6, 25), arrive);
    if (present >= customersMax) return;
    const group = random.pick(sampleGroups);
    const groupId = groupIdOf(hub, group);
    if (groupId === null) return;
    present += 1;
    arrived += 1;
    const name = sampleCustomers[arrived % sampleCustomers.length]!;
    const visit = { name, groupId, question: random.pick(sampleQuestions[group]), deviceId: `sample-tab-${arrived}` };
    new SimulatedCustomer(stage, visit, () => {
      present -= 1;
    });
  };
  for (const seconds of [1, 2, 4, 7]) stage.later(seconds, arrive);
  return {
    stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
      for (const agent of agents) agent.leave();
    },
  };
}

/** Groups and team as a set-up makes them, once; a one-time code for each simulated agent. */
function makeTeam(hub: Hub): string[] {
  return hub.step((step) => {
    const { config } = hub.state;
    sampleGroups.forEach((name, index) => {
      if (groupIdOf(hub, name) !== null) return;
      // The first takes the place of the set-up's group, which the supervisor is in.
      const groupId = (index === 0 ? config.groups.keys().next().value : undefined) ?? hub.newId('group');
      step.route({ type: 'group.put', groupId, name });
    });
    return sampleTeam.map(({ name, capacity, groups }) => {
      const known = [...config.accounts.values()].find((account) => account.name === name);
      const agentId = known?.agentId ?? hub.newId('agent');
      const memberships = Object.entries(groups).map(([group, priority]) => ({
        groupId: groupIdOf(hub, group) ?? '',
        priority,
      }));
      const account = { agentId, name, capacity, groups: memberships };
      if (!known) {
        step.route({ type: 'agent.put', ...account });
        step.add({ type: 'account.put', ...account, role: 'agent' });
      }
      return makeCodeFor(step, agentId, hub.randomBytes).code;
    });
  });
}

function groupIdOf(hub: Hub, name: string): string | null {
  for (const group of hub.state.config.groups.values()) if (group.name === name) return group.groupId;
  return null;
}
