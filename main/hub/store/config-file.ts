import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import * as z from 'zod';
import { configJson } from '../state/config';
import { replaceFile } from './disk';
import type { StoredConfig } from './store';

const configFormat = 1;

const configFile = z.object({
  foyer: z.literal('config'),
  format: z.literal(configFormat),
  seq: z.number().int().nonnegative(),
  /** Of `config` as it stands here: a file changed by hand or by a failing disk is rebuilt from the journal. */
  sum: z.string(),
  config: configJson,
});
type ConfigFile = z.infer<typeof configFile>;

/** lowdb's own adapters neither sync nor keep the mode, and read a damaged file as an empty one (STORAGE.md). */
class DurableAdapter implements Adapter<ConfigFile> {
  constructor(
    private readonly path: string,
    private readonly found: (problem: string) => Promise<void>,
  ) {}

  async read(): Promise<ConfigFile | null> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    const file = parse(text);
    if (file === null) await this.found(text);
    return file;
  }

  write(data: ConfigFile): Promise<void> {
    return replaceFile(this.path, `${JSON.stringify(data, null, 2)}\n`);
  }
}

function parse(text: string): ConfigFile | null {
  try {
    const raw = JSON.parse(text);
    const file = configFile.safeParse(raw);
    // Of what stands there: the schema adds what an older Foyer did not write.
    return file.success && sumOf(raw.config) === file.data.sum ? file.data : null;
  } catch {
    return null;
  }
}

function sumOf(config: unknown): string {
  return createHash('sha256').update(JSON.stringify(config), 'utf8').digest('hex');
}

/** The configuration as lowdb holds it. The journal stays the truth: this is loaded first, newer events go on top. */
export class ConfigStore {
  private readonly low: Low<ConfigFile | null>;
  /** Set when a file was there and could not be used. */
  wasBad = false;

  constructor(path: string) {
    const adapter = new DurableAdapter(path, async (text) => {
      this.wasBad = true;
      const quarantine = join(dirname(path), 'quarantine');
      await mkdir(quarantine, { recursive: true, mode: 0o700 });
      await writeFile(join(quarantine, `${basename(path)}.${Date.now()}`), text, { mode: 0o600 });
    });
    this.low = new Low<ConfigFile | null>(adapter as Adapter<ConfigFile | null>, null);
  }

  /** Null when there is none or it is not usable; never default data. */
  async load(): Promise<StoredConfig | null> {
    await this.low.read();
    const file = this.low.data;
    return file === null ? null : { seq: file.seq, config: file.config };
  }

  async save({ seq, config }: StoredConfig): Promise<void> {
    this.low.data = { foyer: 'config', format: configFormat, seq, sum: sumOf(config), config };
    await this.low.write();
  }
}
