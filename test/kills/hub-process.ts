import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export const passphrase = 'correct horse and a lamp';

export interface HubProcess {
  agentUrl: string;
  customerUrl: string;
  pid: number;
  kill(): Promise<void>;
  /** Resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built headless hub on free ports, and waits until it listens. */
export async function startHubProcess(cli: string, data: string, options: string[] = []): Promise<HubProcess> {
  const env = { PATH: process.env.PATH, FOYER_PASSPHRASE: passphrase };
  const args = [cli, '--data', data, '--port', '0', '--customer-port', '0', '--json', ...options];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const { agent, customer } = JSON.parse(await firstLine(child)) as { agent: string; customer: string };
  const end = async (signal: NodeJS.Signals) => {
    const gone = once(child, 'close');
    child.kill(signal);
    const [code] = (await gone) as [number | null];
    return code;
  };
  return {
    agentUrl: agent,
    customerUrl: customer.replace('http:', 'ws:').replace('/chat', '/ws'),
    pid: child.pid!,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

function firstLine({ stdout, stderr }: ChildProcess): Promise<string> {
  let said = '';
  let complaints = '';
  stderr!.on('data', (chunk) => {
    complaints = `${complaints}${chunk}`.slice(-4_000);
  });
  return new Promise((resolve, reject) => {
    stdout!.on('data', (chunk) => {
      said += chunk;
      const end = said.indexOf('\n');
      if (end !== -1) resolve(said.slice(0, end));
    });
    stdout!.once('close', () => reject(new Error(`the hub did not start: ${complaints}`)));
  });
}
