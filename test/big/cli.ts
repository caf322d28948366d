import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writerThread } from '../../main/hub/store/writer-thread';
import { BigOffice } from './big-office';
import { endMeasuring, measured } from './measured';

const usage = `npm run big -- [--mib N] [--longest N]
  --mib N      how much is said in the office, nearly all of it in its state (default 1100)
  --longest N  how much of that in one conversation, most of which is on pages (default 64)
Each of the hub's threads holds the whole state, so it needs about twice as much memory and twice as much again to
verify. Far above that a heap of another size is needed: NODE_OPTIONS=--max-old-space-size=8192.`;

const { values } = parseArgs({
  options: {
    mib: { type: 'string', default: '1100' },
    longest: { type: 'string', default: '64' },
    worker: { type: 'string', default: '' },
    help: { type: 'boolean', short: 'h' },
  },
});

async function main(): Promise<number> {
  const [mib, longest] = [Number(values.mib), Number(values.longest)];
  if (values.help || !Number.isSafeInteger(mib) || !Number.isSafeInteger(longest) || mib < 1 || longest < 0) {
    process.stdout.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'foyer-big-'));
  try {
    const office = new BigOffice(join(folder, 'data'), join(folder, 'restored'), writerThread(values.worker));
    await measured(`fill it with ${mib} MiB`, () => office.fill(mib, Math.min(mib, longest)));
    await measured('save it and stop', () => office.stop());
    await measured('open it again', () => office.open());
    await measured('back it up', () => office.backUp());
    await measured('stop', () => office.stop());
    await measured('verify it', () => office.verify());
    await measured('restore the backup', () => office.restore());
    await measured('open what was restored', () => office.openRestored());
    await measured('archive all of it', () => office.archive());
    await measured('read the longest from the archive', () => office.readLongest());
    await measured('stop', () => office.stop());
    await measured('verify it', () => office.verify());
    process.stdout.write('Nothing was lost.\n');
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await endMeasuring();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    // A hub may still be running.
    process.exit(1);
  },
);
