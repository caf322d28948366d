import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tar from 'tar';

/** The archive a user sends to support: the log, which contains no message text, token or code, and `facts`. */
export async function makeSupportBundle(logFolder: string, facts: object): Promise<Uint8Array> {
  await mkdir(logFolder, { recursive: true, mode: 0o700 });
  await writeFile(join(logFolder, 'about.json'), `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  const chunks: Buffer[] = [];
  const bundle = tar.create({ cwd: logFolder, gzip: true, portable: true, prefix: 'foyer-support' }, ['.']);
  for await (const chunk of bundle) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}
