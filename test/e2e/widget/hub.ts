import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { connect } from '../../../shared/client/connect';
import type { AgentWire, CommandBody } from '../../../shared/client/wire';
import type { AgentEvent } from '../../../shared/protocol/agent-wire';
import { passphrase } from '../office';

/** The built headless hub in a process of its own, with one supervisor who serves. */
export interface WidgetHub {
  /** Of the customers' listener. */
  origin: string;
  supervisor: Supervisor;
  /** As by a crash. */
  kill(): Promise<void>;
  /** On the same folder and ports. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

export interface Supervisor {
  send(body: CommandBody<AgentWire>): Promise<unknown>;
  /** Answers the next customer: accepts what rings. Resolves with the conversation's id. */
  accept(): Promise<string>;
  close(): void;
}

const cli = join(__dirname, '..', '..', '..', 'out', 'hub', 'cli.js');

export async function openWidgetHub(): Promise<WidgetHub> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-widget-'));
  let running = await start(folder, '0', '0');
  const { agent, customer } = running.ready;
  const supervisor = await signIn(agent);
  return {
    origin: new URL(customer).origin,
    supervisor,
    async kill() {
      running.child.kill('SIGKILL');
      await running.ended;
    },
    async startAgain() {
      running = await start(folder, new URL(agent).port, new URL(customer).port);
    },
    async close() {
      supervisor.close();
      running.child.kill('SIGKILL');
      await running.ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Running {
  child: ChildProcess;
  ended: Promise<unknown>;
  ready: { agent: string; customer: string };
}

async function start(folder: string, port: string, customerPort: string): Promise<Running> {
  const args = ['--data', folder, '--port', port, '--customer-port', customerPort, '--json'];
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env.PATH, FOYER_PASSPHRASE: passphrase },
  });
  const ended = once(child, 'exit');
  let said = '';
  const ready = new Promise<Running['ready']>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n')) resolve(JSON.parse(said.slice(0, said.indexOf('\n'))));
    });
    child.once('exit', (code) => reject(new Error(`the hub ended with ${code}: ${said}`)));
  });
  return { child, ended, ready: await ready };
}

async function signIn(url: string): Promise<Supervisor> {
  const offers: { offerId: string; conversationId: string }[] = [];
  let onOffer: () => void = () => {};
  let onUp: () => void = () => {};
  const up = new Promise<void>((resolve) => {
    onUp = resolve;
  });
  const heard = (event: AgentEvent) => {
    if (event.name !== 'conversation.changed') return;
    const { conversationId, offerId } = event.conversation;
    if (offerId === null || offers.some((each) => each.offerId === offerId)) return;
    offers.push({ offerId, conversationId });
    onOffer();
  };
  const connection = connect<AgentWire>({
    url,
    deviceId: 'widget-supervisor',
    openSocket: (address) => new WebSocket(address),
    hello: () => ({ role: 'agent', auth: { kind: 'passphrase', passphrase }, deviceLabel: 'test' }),
    on: { event: heard, caughtUp: () => onUp() },
  });
  await up;
  const send = async (body: CommandBody<AgentWire>) => {
    const answer = await connection.send(body).answer;
    if (!answer.ok) throw new Error(`${body.op}: ${answer.code}`);
    return answer.result;
  };
  await send({ op: 'status.set', status: 'online' });
  return {
    send,
    async accept() {
      if (offers.length === 0)
        await new Promise<void>((resolve) => {
          onOffer = resolve;
        });
      const { offerId, conversationId } = offers.pop()!;
      offers.length = 0;
      await send({ op: 'offer.accept', offerId });
      return conversationId;
    },
    close: connection.stop,
  };
}
