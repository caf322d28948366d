import { saveState } from '../state/saved-state';
import { snapshotFile, snapshotGenerations } from './data-folder';
import { removeSegments } from './journal';
import { segmentsUpTo } from './journal-reader';
import type { OpenFolder, WriterPorts } from './open-folder';
import { TwoTruths } from './store-problem';
import type { SealedPlace } from './writer-messages';

/** Checked before each snapshot, because one of a wrong state would make the error permanent. */
export function compareDigests({ log }: WriterPorts, { state }: OpenFolder, digest: string): void {
  if (state.digest.of(state) === digest) return;
  log('error', 'snapshot.replicasDiffer', { seq: state.seq });
  throw new TwoTruths(`the hub knows something else than its journal at record ${state.seq}`);
}

/** Saves the replica, and removes the segments that the last two snapshots cover. */
export function saveSnapshot(ports: WriterPorts, open: OpenFolder, { digest, journalSum }: SealedPlace): void {
  const { disk, folder } = ports;
  compareDigests(ports, open, digest);
  if (open.left.length > 0) throw new Error('a snapshot would let go of messages that are on no page');
  if (open.forgotten.length > 0) throw new Error('a snapshot would let go of what the archive does not have');
  if (open.rated.length > 0) throw new Error('a snapshot would let go of ratings that the archive does not have');
  if (open.audit.isBehind) throw new Error('a snapshot would let go of what the audit log does not have');
  open.pages.sync();
  open.archive.sync();
  open.audit.sync();
  const { seq } = open.state;
  const snapshotBytes = snapshotFile(disk, folder).save({ seq, content: { journalSum, state: saveState(open.state) } });
  ports.tell({ kind: 'saved', snapshotBytes });
  const older = open.snapshots.at(-1);
  open.snapshots = older === undefined ? [seq] : [older, seq];
  if (older === undefined) return;
  removeSegments(disk, folder, segmentsUpTo(disk, folder, open.identity.hubId, older));
}

/** Replaces every snapshot generation, which also removes the earlier segments. */
export function saveAnew(ports: WriterPorts, open: OpenFolder, at: SealedPlace): void {
  for (let age = 0; age < snapshotGenerations; age += 1) saveSnapshot(ports, open, at);
}
