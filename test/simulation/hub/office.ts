import { createHmac } from 'node:crypto';
import type { Answer } from '../../../shared/client/answer';
import type { AgentWire, ResultOf } from '../../../shared/client/wire';
import type { AgentOp } from '../../../shared/protocol/agent-wire';
import type { ProtocolVersion } from '../../../shared/protocol/fields';
import type { SignedIdentity } from '../../../shared/protocol/identity';
import { webhookEventType } from '../../../shared/protocol/webhooks';
import type { Random } from '../random';
import { setup } from './hub-process';
import type { HubRun } from './hub-run';
import { type AgentBody, AgentClient, AssistantClient, type Browser, CustomerClient } from './people';

const agentNames = ['Ana', 'Ben', 'Chen', 'Dora', 'Emil', 'Fay', 'Gu', 'Hana'];
const customerNames = ['Mei', 'Li', 'Noor', 'Otto', 'Pia', 'Quinn', 'Rosa', 'Sven', 'Tom', 'Uma', 'Vera', 'Wu'];
const groupNames = ['Sales', 'Support', 'Billing'];
const answerTriesMax = 400;
/** Longer than three frames are in flight. */
const handshakeMs = 200;

/** The people of one office: agents with their devices, customers with their tabs. */
export class Office {
  readonly agents: AgentClient[] = [];
  readonly assistants: AssistantClient[] = [];
  readonly tabs: CustomerClient[] = [];
  readonly browsers: Browser[] = [];
  private devices = 0;
  private numbers = 0;

  constructor(
    readonly run: HubRun,
    readonly random: Random,
  ) {}

  /** The first supervisor signs in and creates groups, colleagues and the first settings, without any faults. */
  async open(settings: Record<string, unknown>): Promise<void> {
    const { random } = this;
    await this.run.start(0);
    const sam = this.agentDevice('Sam', { kind: 'passphrase', passphrase: setup.passphrase });
    await this.passphraseChecked();
    await this.until(() => sam.isUp);
    for (const name of groupNames.slice(0, random.whole(0, 2))) await this.ask(sam, { op: 'group.put', name });
    await this.ask(sam, { op: 'settings.update', settings });
    for (const name of agentNames.slice(0, random.whole(1, 5))) await this.hire(sam, name);
    if (random.chance(0.4)) await this.ask(sam, { op: 'status.set', status: 'online' });
    if (this.run.robots.chance(0.6)) await this.makeAssistant(sam);
    const secret = await this.openShop(sam);
    const events = [...webhookEventType.options];
    if (this.run.receiver) await this.ask(sam, { op: 'webhook.put', url: 'https://crm.example/', events });
    for (const customerName of customerNames.slice(0, random.whole(2, customerNames.length))) {
      const identity = secret !== null && this.run.shop.chance(0.5) ? this.signs(secret, customerName) : null;
      const browser: Browser = { customerName, language: random.pick(['en', 'zh']), token: null, identity };
      // Some who are signed in there have a phone as well.
      const phones = identity && this.run.shop.chance(0.5) ? [{ ...browser }] : [];
      for (const each of [browser, ...phones]) {
        this.browsers.push(each);
        this.tab(each);
      }
    }
  }

  /** The secret with which the office's site signs who its customers are. Null: it has no such site. */
  private async openShop(sam: AgentClient): Promise<string | null> {
    if (!this.run.shop.chance(0.4)) return null;
    const made = await this.ask(sam, { op: 'identitySecret.make' });
    // The answer to a repeat has no secret.
    return made?.secret ?? null;
  }

  private signs(secret: string, name: string): () => SignedIdentity {
    return () => {
      const parts = { id: `shop-${name}`, name, contact: `${name}@example.com`, issuedAt: this.run.time.now() };
      const text = ['foyer.v1', parts.id, parts.name, parts.contact, parts.issuedAt].join('\n');
      return { ...parts, signature: createHmac('sha256', secret).update(text).digest('hex') };
    };
  }

  /** Makes every text unique. */
  nextNumber(): number {
    this.numbers += 1;
    return this.numbers;
  }

  agentDevice(name: string, auth: AgentClient['auth']): AgentClient {
    this.devices += 1;
    const { run } = this;
    const client = new AgentClient(`${name}'s desk`, `desk-${this.devices}`, this.proto, auth, {
      wire: run.wire,
      watch: run,
    });
    this.agents.push(client);
    run.clients.add(client);
    client.connection.start();
    return client;
  }

  tab(browser: Browser): CustomerClient {
    this.devices += 1;
    const { run } = this;
    const client = new CustomerClient(browser, `tab-${this.devices}`, this.proto, { wire: run.wire, watch: run });
    this.tabs.push(client);
    run.clients.add(client);
    client.connection.start();
    return client;
  }

  /** Every other device speaks the older protocol. */
  private get proto(): ProtocolVersion {
    return this.devices % 2 === 0 ? 2 : 1;
  }

  leave(tab: CustomerClient): void {
    tab.connection.stop();
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    this.run.clients.delete(tab);
  }

  someGroups(groupIds: readonly string[]): { groupId: string; priority: number }[] {
    const { random } = this;
    return groupIds.filter(() => random.chance(0.8)).map((groupId) => ({ groupId, priority: random.whole(1, 3) }));
  }

  private async makeAssistant(sam: AgentClient): Promise<void> {
    const { run } = this;
    const groupIds = [...sam.picture.groups.keys()].filter(() => run.robots.chance(0.7));
    const made = await this.ask(sam, { op: 'assistant.put', name: 'Fern', groupIds });
    const given = await this.ask(sam, { op: 'assistant.token', assistantId: String(made?.assistantId) });
    this.devices += 2;
    const about = { wire: run.wire, watch: run };
    const client = new AssistantClient('Fern', `bot-${this.devices}`, this.proto, String(given?.token), about);
    this.assistants.push(client);
    run.clients.add(client);
    client.connection.start();
    await this.until(() => client.isUp);
  }

  private async hire(sam: AgentClient, name: string): Promise<void> {
    const { random } = this;
    const groups = this.someGroups([...sam.picture.groups.keys()]);
    const role = random.chance(0.2) ? 'supervisor' : 'agent';
    const made = await this.ask(sam, { op: 'agent.put', name, role, capacity: random.whole(1, 4), groups });
    const code = await this.ask(sam, { op: 'agent.code', agentId: String(made?.agentId) });
    const client = this.agentDevice(name, { kind: 'code', code: String(code?.code) });
    await this.until(() => client.isUp);
    if (random.chance(0.8)) await this.ask(client, { op: 'status.set', status: 'online' });
  }

  private async ask<Op extends AgentOp>(client: AgentClient, body: AgentBody & { op: Op }) {
    let answer: Answer<ResultOf<AgentWire, Op>> | null = null;
    void client.send<Op>(body).then((given) => {
      answer = given;
    });
    await this.until(() => answer !== null);
    const given = answer as Answer<ResultOf<AgentWire, Op>> | null;
    return given?.ok ? given.result : undefined;
  }

  /** Runs on a real thread, so the simulated time stands still meanwhile. */
  private async passphraseChecked(): Promise<void> {
    await this.run.time.advance(handshakeMs);
    while ([...(this.run.process?.hub.sessions.allAgents() ?? [])].length === 0)
      await new Promise((resolve) => setImmediate(resolve));
  }

  private async until(isSo: () => boolean): Promise<void> {
    for (let tries = 0; tries < answerTriesMax && !isSo(); tries += 1) await this.run.time.advance(20);
    if (!isSo()) throw new Error('the office could not be set up');
  }
}
