import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, readdir, readFile, rename, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { HubStartError, type Log } from '../ports';
import type { HubRecord } from '../state/records';
import { ConfigStore } from './config-file';
import { type AppendFile, type Disk, nodeDisk, replaceFile, syncFolder } from './disk';
import { type FolderLock, lockFolder } from './folder-lock';
import { encodeLine, headerLine, journalFormat } from './journal-lines';
import { readJournal } from './journal-reader';
import type { Store, StoredConfig, StoreListener } from './store';

const hubFile = z.object({ hubId: z.string(), epoch: z.number().int(), format: z.number().int() });

/**
 * The data folder. Appends are committed in groups: while one write and sync runs, the next ones gather, and go out
 * together when it is done. After an error nothing more is written: what is not durable then never was.
 */
export class FileStore implements Store {
  private listener: StoreListener | null = null;
  private file: AppendFile | null = null;
  private sum = '';
  private lastSeq = 0;
  private durableSeq = 0;
  private gathered: { seq: number; json: string }[] = [];
  private committing: Promise<void> | null = null;
  private pendingConfig: StoredConfig | null = null;
  private savingConfig: Promise<void> | null = null;
  private failure: Error | null = null;
  private closed = false;

  private constructor(
    private readonly folder: string,
    readonly hubId: string,
    readonly epoch: number,
    readonly config: StoredConfig | null,
    readonly lock: FolderLock,
    private readonly configStore: ConfigStore,
    private readonly disk: Disk,
    private readonly log: Log,
  ) {}

  static async open(folder: string, log: Log, disk: Disk = nodeDisk): Promise<FileStore> {
    await makeFolder(folder);
    const lock = await lockFolder(folder).catch((error) => {
      throw error instanceof HubStartError ? error : unwritable(folder, error);
    });
    try {
      await quarantineTemporary(folder);
      const { hubId, epoch } = await openHubFile(folder);
      const configStore = new ConfigStore(join(folder, 'config.json'));
      const config = await configStore.load();
      if (configStore.wasBad) log.warn('config.rebuilding', { reason: 'config.json was not usable' });
      return new FileStore(folder, hubId, epoch, config, lock, configStore, disk, log);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  async replay(each: (record: HubRecord) => void): Promise<void> {
    const path = this.journalPath;
    const end = await readJournal(path, this.hubId, each);
    if (this.config && this.config.seq > end.lastSeq) {
      const message = `${path} ends at record ${end.lastSeq}, but config.json knows ${this.config.seq}: the journal's end is missing. Restore the data folder from a backup.`;
      throw new HubStartError('damaged', message);
    }
    if (end.tornBytes > 0) await this.cutTail(path, end.goodBytes, end.tornBytes);
    this.sum = end.sum;
    this.lastSeq = end.lastSeq;
    this.durableSeq = end.lastSeq;
    this.file = await this.disk.openAppend(path);
  }

  listen(listener: StoreListener): void {
    this.listener = listener;
  }

  append(record: HubRecord): void {
    if (record.seq !== this.lastSeq + 1) throw new Error(`expected record ${this.lastSeq + 1}, got ${record.seq}`);
    this.lastSeq = record.seq;
    if (this.failure || this.closed) return;
    this.gathered.push({ seq: record.seq, json: JSON.stringify(record) });
    this.committing ??= this.commit();
  }

  saveConfig(stored: StoredConfig): void {
    this.pendingConfig = stored;
    this.saveConfigWhenDurable();
  }

  async close(): Promise<void> {
    this.closed = true;
    while (this.committing) await this.committing;
    while (this.savingConfig) await this.savingConfig;
    await this.file?.close();
    await this.lock.release();
  }

  private get journalPath(): string {
    return join(this.folder, 'journal', '000001.jsonl');
  }

  /** Runs until nothing is gathered. The first turn waits for the caller's whole step, so that bursts share a sync. */
  private async commit(): Promise<void> {
    await Promise.resolve();
    try {
      while (this.gathered.length > 0 && !this.failure) {
        const batch = this.gathered;
        this.gathered = [];
        await this.write(batch);
        this.durableSeq = batch[batch.length - 1]!.seq;
        this.listener?.durable(this.durableSeq);
        this.saveConfigWhenDurable();
      }
    } catch (error) {
      this.failure = error as Error;
      this.gathered = [];
      this.listener?.failed(this.failure);
    } finally {
      this.committing = null;
    }
  }

  private async write(batch: { seq: number; json: string }[]): Promise<void> {
    if (!this.file) throw new Error('append before replay');
    const first = batch[0]!.seq;
    let text = '';
    for (const { json } of batch) {
      const { line, sum } = encodeLine(this.sum, first, json);
      this.sum = sum;
      text += line;
    }
    await this.file.write(Buffer.from(text, 'utf8'));
    await this.file.sync();
  }

  private saveConfigWhenDurable() {
    const stored = this.pendingConfig;
    if (!stored || this.savingConfig || stored.seq > this.durableSeq) return;
    this.pendingConfig = null;
    this.savingConfig = this.configStore
      .save(stored)
      .catch((error) => this.log.error('config.unsaved', { message: String(error) }))
      .then(() => {
        this.savingConfig = null;
        this.saveConfigWhenDurable();
      });
  }

  private async cutTail(path: string, goodBytes: number, tornBytes: number): Promise<void> {
    const quarantine = join(this.folder, 'quarantine');
    await mkdir(quarantine, { recursive: true, mode: 0o700 });
    await copyFile(path, join(quarantine, `journal-000001.${Date.now()}.jsonl`));
    await truncate(path, goodBytes);
    const handle = await open(path, 'r+');
    await handle.sync();
    await handle.close();
    this.log.warn('journal.tornTailCut', { bytes: tornBytes });
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await makeFolders(resolve(folder));
    // Also shows whether it can be written to, before anything is promised.
    const probe = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
    await writeFile(probe, '', { flag: 'wx', mode: 0o600 });
    await unlink(probe);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Not mkdir's own `recursive`: where a file system answers ENOENT to every mkdir (/proc) that never returns. */
async function makeFolders(folder: string): Promise<void> {
  const make = async () => {
    await mkdir(folder, { mode: 0o700 }).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
    });
  };
  try {
    await make();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolders(dirname(folder));
    await make();
  }
}

function unwritable(folder: string, error: unknown): HubStartError {
  const reason = error instanceof Error ? error.message : String(error);
  return new HubStartError('folderUnwritable', `The data folder ${folder} can't be written to: ${reason}`);
}

/** Left by a crash between writing and renaming; kept, because nobody has looked at them. */
async function quarantineTemporary(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.tmp') && !name.endsWith('.stale')) continue;
    await mkdir(join(folder, 'quarantine'), { recursive: true, mode: 0o700 });
    await rename(join(folder, name), join(folder, 'quarantine', name.replace(/^\./, '')));
  }
}

/** The journal's header first and hub.json last: with hub.json there, everything it speaks of is there. */
async function openHubFile(folder: string): Promise<{ hubId: string; epoch: number }> {
  const path = join(folder, 'hub.json');
  const journal = join(folder, 'journal', '000001.jsonl');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return firstRun(folder, path, journal);
  const found = hubFile.safeParse(parseJson(text));
  if (!found.success) throw new HubStartError('damaged', `${path} is damaged. Restore the data folder from a backup.`);
  if (found.data.format > journalFormat) {
    const message = `${folder} was written by a newer Foyer (format ${found.data.format}; this one reads ${journalFormat}). Update Foyer.`;
    throw new HubStartError('newerFormat', message);
  }
  return found.data;
}

async function firstRun(folder: string, path: string, journal: string): Promise<{ hubId: string; epoch: number }> {
  await mkdir(join(folder, 'journal'), { recursive: true, mode: 0o700 });
  const old = await readFile(journal, 'utf8').catch(() => null);
  if (old?.trimEnd().includes('\n')) {
    const message = `${folder} holds a journal but no hub.json. Restore the data folder from a backup.`;
    throw new HubStartError('damaged', message);
  }
  const hubId = randomBytes(16).toString('hex');
  const header = headerLine({ foyer: 'journal', format: journalFormat, hubId, epoch: 1, first: 1 });
  await replaceFile(journal, header.line);
  await syncFolder(folder);
  await replaceFile(path, `${JSON.stringify({ hubId, epoch: 1, format: journalFormat })}\n`);
  return { hubId, epoch: 1 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
