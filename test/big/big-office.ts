import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLimits } from '../../main/hub/limits';
import { type Hub, startHub } from '../../main/hub/start-hub';
import { FileStore } from '../../main/hub/store/file-store';
import { restoreBackup } from '../../main/hub/store/restore-backup';
import { verifyFolder } from '../../main/hub/store/verify-folder';
import type { StartWriter } from '../../main/hub/store/writer-messages';
import { createHandClock } from '../support/hand-clock';
import { passphrase, seededBytes } from '../support/hub';

const messageLength = 3_900;
const messagesPerStep = 50;
/** All of them stay in the state: what leaves it is on pages. */
const messagesPerTalk = 200;
const startMs = Date.UTC(2026, 10, 23, 9);
const backupPassphrase = 'seven sleepy seals';
/** All of it stays in the state, which is to be large: pages are for conversations, not for offices. */
const limits = { ...defaultLimits, scryptCost: 16, conversationMessagesMax: Number.POSITIVE_INFINITY };
const setup = { officeName: 'Harbour Street', supervisorName: 'Sam', passphrase };

/** A hub over a data folder, without listeners, whose customers say more than one text can hold. */
export class BigOffice {
  private readonly clock = createHandClock(startMs);
  private running: { store: FileStore; hub: Hub } | null = null;
  private messages = 0;
  /** How many there were when the hub was stopped. */
  private kept: number | null = null;
  private backup = '';

  constructor(
    private folder: string,
    private readonly elsewhere: string,
    private readonly startWriter: StartWriter,
  ) {}

  private get hub(): Hub {
    return this.running!.hub;
  }

  async open(): Promise<string> {
    const log = { info: () => undefined, warn: this.logged, error: this.logged };
    const ports = { clock: this.clock, randomBytes: seededBytes(), log, startWriter: this.startWriter };
    const store = await FileStore.open(this.folder, limits, ports);
    this.running = { store, hub: await startHub(store, { setup, sample: false }, ports, limits) };
    if (this.kept !== null) assert.equal(messagesIn(this.running.hub), this.kept);
    return '';
  }

  async fill(mib: number, longestMib: number): Promise<string> {
    await this.open();
    const perMib = Math.ceil(1024 ** 2 / messageLength);
    let left = mib * perMib;
    left -= await this.talk('longest', longestMib * perMib);
    for (let number = 0; left > 0; number += 1)
      left -= await this.talk(String(number), Math.min(left, messagesPerTalk));
    return `${this.messages} messages`;
  }

  async stop(): Promise<string> {
    const { store, hub } = this.running!;
    this.kept = messagesIn(hub);
    hub.stop();
    this.running = null;
    await store.close();
    return `state.json has ${mibOf(join(this.folder, 'state.json'))} MiB`;
  }

  async backUp(): Promise<string> {
    const { fileName } = await this.running!.store.backup('foyer-1', backupPassphrase);
    this.backup = join(this.folder, 'backups', fileName);
    return `${mibOf(this.backup)} MiB`;
  }

  async verify(): Promise<string> {
    const { lines, problems } = await verifyFolder(this.folder);
    assert.deepEqual(problems, []);
    return lines.join(', ');
  }

  async restore(): Promise<string> {
    await restoreBackup(this.backup, this.elsewhere, startMs, backupPassphrase);
    return '';
  }

  async openRestored(): Promise<string> {
    this.folder = this.elsewhere;
    await this.open();
    return '';
  }

  /** Ends every conversation, and lets the time go by after which the desk forgets them. */
  async archive(): Promise<string> {
    const { hub } = this;
    for (const { conversationId } of [...hub.state.threads.values()])
      hub.step((step) => void step.route({ type: 'conversation.close', conversationId, by: 'customer' }));
    this.clock.advance(2 * limits.closedShownMs);
    await this.talk('new', 1);
    await this.running!.store.archiveDays();
    const bytes = readdirSync(join(this.folder, 'archive')).map((name) => mibOf(join(this.folder, 'archive', name)));
    return `${bytes.reduce((sum, each) => sum + each, 0)} MiB`;
  }

  async readLongest(): Promise<string> {
    const [day] = await this.running!.store.archiveDays();
    const found = await this.running!.store.readArchived(day!.day, { conversationId: 'talk-longest' });
    assert.ok(found);
    return `${found.messages.length} messages, and ${found.earlier?.count ?? 0} on pages`;
  }

  private readonly logged = (event: string, detail?: Record<string, unknown>) =>
    void process.stderr.write(`${event} ${JSON.stringify(detail)}\n`);

  private async talk(name: string, messages: number): Promise<number> {
    const { hub } = this;
    const groupId = hub.state.config.groups.keys().next().value!;
    const conversationId = `talk-${name}`;
    const customerId = `customer-${name}`;
    hub.step((step) => {
      step.add({ type: 'customer.seen', customerId, tokenHash: name, name, language: 'en' });
      step.route({ type: 'conversation.open', conversationId, customerId, groupId });
    });
    for (let said = 0; said < messages; said += messagesPerStep) {
      hub.step((step) => {
        for (let index = said; index < Math.min(said + messagesPerStep, messages); index += 1)
          step.message({ conversationId, from: { kind: 'customer' }, text: this.words(), line: null });
      });
      // The writer is not to be left behind.
      await hub.outbox.durable(hub.state.seq);
    }
    return messages;
  }

  /** Another text each time, as one letter can't be told from the next. */
  private words(): string {
    this.messages += 1;
    return `${this.messages} `.padEnd(messageLength, `The lamp of order ${this.messages} has not arrived yet. `);
  }
}

function messagesIn({ state }: Hub): number {
  let messages = 0;
  for (const each of state.threads.values()) messages += each.messages.length + (each.earlier?.count ?? 0);
  return messages;
}

function mibOf(path: string): number {
  return Math.round(statSync(path).size / 1024 ** 2);
}
