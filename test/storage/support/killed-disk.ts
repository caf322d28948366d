import type { HubRecord } from '../../../main/hub/state/records';
import { MemoryDisk } from './memory-disk';
import { Rig, rigLimits, settled } from './rig';

export const journalPath = '/data/journal/000001.jsonl';

/** What a killed hub leaves: with `segmentBytesMax` as large as it is, one segment and no snapshot. */
export async function killedDisk(records: readonly HubRecord[], segmentBytesMax = 1e9): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk, { ...rigLimits, segmentBytesMax });
  for (const record of records) {
    rig.append(record);
    await settled();
  }
  disk.spoil('/data/config.json', null);
  return disk.kill();
}
