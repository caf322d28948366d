import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from './serve';

// The minimal reader of a data folder's journal: parses every line of every segment as JSON.
const folder = join(process.argv[2] ?? '', 'journal');
const before = process.cpuUsage();
let lines = 0;
for (const name of readdirSync(folder).sort())
  for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
    if (line === '') continue;
    JSON.parse(line);
    lines += 1;
  }
const { user, system } = process.cpuUsage(before);
serve({ lines, cpuMicroseconds: user + system });
