import { openSystemClock } from '../../main/hub/system/system-clock';
import { createRandom } from '../simulation/random';
import { addAgents } from './add-agents';
import { readFolderMessages } from './folder-messages';
import { type HubProcess, passphrase, startHubProcess } from './hub-process';
import { AgentWriter, CustomerWriter, type WriterPorts } from './writers';

export interface KillSetup {
  /** The built headless hub. */
  cli: string;
  /** A folder that does not exist yet. */
  data: string;
  kills: number;
  customers: number;
  agents: number;
  seed: number;
}

export interface KillResult {
  acked: number;
  messages: number;
  /** Empty if nothing was lost, duplicated or out of order. */
  problems: string[];
}

/**
 * A real hub under constant load, killed again and again after a random number of acknowledgements. At the end the
 * acknowledged messages of each client are compared with those it shows, and with those in the folder.
 */
export async function runKills(setup: KillSetup, killed: (count: number) => void): Promise<KillResult> {
  const random = createRandom(setup.seed);
  let hub: HubProcess = await startHubProcess(setup.cli, setup.data);
  let wake: () => void = () => undefined;
  let told = 0;
  const ports: WriterPorts = {
    clock: openSystemClock(),
    random: () => random.next(),
    address: (role) => (role === 'agent' ? hub.agentUrl : hub.customerUrl),
    told: () => {
      told += 1;
      wake();
    },
  };
  const until = async (met: () => boolean) => {
    while (!met()) await new Promise<void>((resolve) => (wake = resolve));
  };

  const names = Array.from({ length: setup.agents }, (_, index) => `Agent ${index + 1}`);
  const codes = await addAgents(ports, passphrase, names);
  const agents = codes.map((code, index) => new AgentWriter(names[index]!, code, ports));
  await until(() => agents.every(({ link }) => link.state === 'up'));
  const customers = Array.from(
    { length: setup.customers },
    (_, index) => new CustomerWriter(`Guest ${index + 1}`, ports),
  );
  const writers = [...agents, ...customers];
  for (let kill = 1; kill <= setup.kills; kill += 1) {
    const next = told + random.whole(1, 6 * writers.length);
    await until(() => told >= next);
    await hub.kill();
    hub = await startHubProcess(setup.cli, setup.data);
    for (const { connection } of writers) connection.retryNow();
    killed(kill);
  }
  for (const writer of writers) writer.pause();
  await until(() => writers.every(({ link, isWaiting }) => link.state === 'up' && !isWaiting));
  for (const { connection } of writers) connection.stop();
  const code = await hub.stop();
  const messages = readFolderMessages(setup.data);
  const problems = [
    ...(code === 0 ? [] : [`the hub ended with ${code}`]),
    ...messages.problems,
    ...customers.flatMap(({ name, acked, shown }) =>
      same(acked, shown) ? [] : [`${name} sees ${shown}, not ${acked}`],
    ),
    ...writers.flatMap(({ name, acked }) => notKept(name, acked, messages.texts)),
  ];
  return {
    acked: writers.reduce((sum, { acked }) => sum + acked.length, 0),
    messages: messages.texts.length,
    problems,
  };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

/** The folder has exactly the acknowledged messages, each once; a customer's also in order. */
function notKept(name: string, acked: readonly string[], texts: readonly string[]): string[] {
  const kept = texts.filter((text) => text.startsWith(`${name}, `));
  const missing = acked.filter((text) => !kept.includes(text));
  const doubled = kept.filter((text, index) => kept.indexOf(text) !== index);
  return [
    ...missing.map((text) => `“${text}” was acknowledged and is lost`),
    ...doubled.map((text) => `“${text}” is there twice`),
  ];
}
