import { simulateYear } from '../demo/year/simulated-year';
import type { HubOptions } from '../running-hub';
import { indexFolder } from '../store/archive-index';
import { nodeDisk } from '../store/disk';
import { listIfThere } from '../store/durable-file';
import type { FolderPorts } from '../store/writer-messages';
import { UsageError } from './options';

/** Fills a new folder with a year that ended last midnight (UTC), and says on stderr how far it is. */
export async function fillYear(
  folder: string,
  { seed, conversations }: { seed: number; conversations: number },
  setup: HubOptions['setup'],
  ports: FolderPorts,
): Promise<void> {
  if (listIfThere(nodeDisk, folder).length > 0)
    throw new UsageError(`${folder} is not empty. Type a new folder: a made-up year goes beside no real office.`);
  let month = '';
  const year = { folder, seed, conversations, endsAt: ports.clock.now(), days: 365, setup };
  await simulateYear(year, ports, (done) => {
    if (done.day.slice(0, 7) === month) return;
    month = done.day.slice(0, 7);
    process.stderr.write(`${done.day}: ${done.conversations} of ${conversations} conversations\n`);
  });
  await indexFolder(folder);
  process.stdout.write(`${folder} holds a year with ${conversations} conversations. A code to sign in with:\n`);
  process.stdout.write(`  npm run hub -- add-agent "${setup?.supervisorName}" --data ${folder}\n`);
}
