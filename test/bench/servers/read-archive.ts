import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from './serve';

// The least that a search can take without an index: every file of a data folder's archive, read and searched for bytes.
const [data = '', word = ''] = process.argv.slice(2);
const folder = join(data, 'archive');
const startedAtMs = performance.now();
let found = 0;
for (const name of readdirSync(folder))
  if (name.endsWith('.jsonl') && readFileSync(join(folder, name)).indexOf(word) !== -1) found += 1;
serve({ found, tookMs: performance.now() - startedAtMs });
