import { defaultLimits, type HubLimits } from '../../main/hub/limits';
import { askArchive } from '../../main/hub/store/archive-reader';
import { FileStore } from '../../main/hub/store/file-store';
import { Writer } from '../../main/hub/store/writer';
import type { StartWriter } from '../../main/hub/store/writer-messages';
import { inProcessJournal } from '../storage/support/in-process-writer';
import { MemoryDisk } from '../storage/support/memory-disk';
import { createHandClock } from './hand-clock';
import { type TestClient, TestHub } from './hub';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const lock = { publish: async () => undefined, release: async () => undefined };

/** An office that archives conversations a second after they end, on an in-memory disk written synchronously. */
export class ArchiveOffice {
  /** The archived days that were searched, in order. */
  readonly searched: string[] = [];
  private held: Promise<void> | null = null;

  private constructor(
    readonly disk: MemoryDisk,
    readonly hub: TestHub,
  ) {}

  static async start(limits: Partial<HubLimits> = {}): Promise<ArchiveOffice> {
    const disk = new MemoryDisk();
    const clock = createHandClock(Date.UTC(2026, 10, 20, 12));
    const all = { ...defaultLimits, closedShownMs: 1_000, scryptCost: 16, ...limits };
    let office: ArchiveOffice | null = null;
    const startWriter: StartWriter = (setup, tell) => {
      const writer = new Writer(
        disk,
        setup,
        () => 'hub-test',
        (message) => tell(structuredClone(message)),
      );
      return {
        journal: { ...inProcessJournal(disk), atTurnEnd: (run) => run() },
        post: (message) => writer.take(message),
        askArchive: async (task) => {
          if ('day' in task) office?.searched.push(task.day);
          const answer = structuredClone(askArchive(disk, setup.folder, task));
          if (task.kind !== 'narrow') await office?.held;
          return answer;
        },
        makeBackup: async () => Promise.reject(new Error('not here')),
        end: async () => undefined,
      };
    };
    const store = new FileStore('/data', all, { clock, log: silent, startWriter }, lock);
    await store.load(0);
    office = new ArchiveOffice(disk, await TestHub.start({ store, clock, limits: all }));
    return office;
  }

  /** A whole conversation, ten minutes long. */
  async past(agent: TestClient, name: string, text: string, answer = 'Good day'): Promise<string> {
    const customer = await this.hub.customer(name, { text });
    const { conversationId, offerId } = agent.conversations.find(({ stage }) => stage === 'offered')!;
    agent.command({ op: 'offer.accept', offerId });
    agent.command({ op: 'message.send', conversationId, text: answer });
    this.hub.advance(600_000);
    agent.command({ op: 'conversation.close', conversationId });
    customer.leave();
    return conversationId;
  }

  /** Delays the answers of archive reads until the returned function is called. */
  hold(): () => void {
    let letGo: () => void = () => undefined;
    this.held = new Promise((resolve) => {
      letGo = resolve;
    });
    return letGo;
  }

  /** Archives the conversations that have ended; the hub drops them from its state at the next step. */
  archive(agent: TestClient): void {
    this.hub.advance(2_000);
    agent.command({ op: 'status.set', status: 'busy' });
    agent.command({ op: 'status.set', status: 'online' });
  }
}
