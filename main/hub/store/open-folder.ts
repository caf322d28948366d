import { HubStartError } from '../hub-start-error';
import { type HubState, replayRecord, type StateLimits } from '../state/hub-state';
import { startingState } from '../state/saved-state';
import type { LateRating, MessagesLeft } from '../state/thread';
import { Archive } from './archive';
import { type ArchivedConversation, archived } from './archived-conversation';
import { AuditFiles } from './audit-files';
import { CustomerFiles } from './customer-files';
import { openIdentity, probeFolder, quarantineTemporary, writeIdentity } from './data-folder';
import type { Disk } from './disk';
import { type Identity, settleJournal } from './journal';
import type { JournalEnd } from './journal-reader';
import { linesOf } from './json-pieces';
import { Pages } from './pages';
import { readFolder } from './read-folder';
import type { Held } from './store';
import { dataFormat } from './upgrade/data-format';
import type { FromWriter, ToWriter } from './writer-messages';

/** Records are sent to the hub's thread in chunks, so that both threads replay in parallel. */
const replayChunkLength = 256 * 1024;

/** What the writer has of a loaded data folder. */
export interface OpenFolder {
  identity: Identity;
  /** The end of the journal at the load; the hub's thread goes on from there. */
  end: JournalEnd;
  archive: Archive;
  audit: AuditFiles;
  pages: Pages;
  customers: CustomerFiles;
  /** The writer's replica of the hub's state. */
  state: HubState;
  /** Conversations that have left the state and are not in the archive yet. */
  forgotten: ArchivedConversation[];
  /** Ratings of conversations that had left the state, and that the archive does not have yet. */
  rated: LateRating[];
  /** Messages that have left the state and are not on a page yet. */
  left: MessagesLeft[];
  configIsBehind: boolean;
  /** What could not be written although the disk works; not retried before the next `save`. */
  held: Set<Held>;
  /** `seq` of up to two snapshots known to be good, the newer last. */
  snapshots: number[];
}

/** What the parts of the writer share. */
export interface WriterPorts {
  disk: Disk;
  folder: string;
  limits: StateLimits;
  newHubId(): string;
  tell(message: FromWriter): void;
  log(level: 'info' | 'warn' | 'error', event: string, detail: Record<string, unknown>): void;
}

/** Reads the folder into a replica while telling the hub's thread the same. Throws, also a `HubStartError`. */
export function openFolder(ports: WriterPorts, wanted: Extract<ToWriter, { kind: 'load' }>): OpenFolder {
  const { disk, folder, limits, log } = ports;
  quarantineTemporary(disk, folder);
  const { identity, format } = openIdentity(disk, folder, () => ports.newHubId());
  const forgotten: ArchivedConversation[] = [];
  const audit = new AuditFiles(disk, folder);
  const rated: LateRating[] = [];
  const left: MessagesLeft[] = [];
  const replica: { state: HubState | null } = { state: null };
  const begun = () => {
    if (!replica.state) throw new Error('there is nothing yet that a record could be replayed on');
    return replica.state;
  };
  const { send, flush } = chunks((text) => ports.tell({ kind: 'records', text }));
  const { base, end, snapshotSeq } = readFolder(disk, folder, identity.hubId, {
    base: (found) => {
      for (const line of linesOf(found)) ports.tell({ kind: 'basePiece', line });
      ports.tell({ kind: 'base', ...identity });
      replica.state = startingState(
        found,
        { ...limits, recentRecordsMax: 0 },
        {
          conversation: (each) => void forgotten.push(archived(each, begun().customers.get(each.customerId))),
          messages: (page) => void left.push(page),
          rating: (late) => void rated.push(late),
          entry: (each) => audit.add(each),
        },
      );
    },
    knownMax: limits.recentRecordsMax,
    known(jsons) {
      for (const json of jsons) send(json);
    },
    record: (record, json, configSeq) => {
      send(json);
      replayRecord(begun(), record, configSeq);
    },
  });
  flush();
  if (end.lastSeq < wanted.atLeastSeq) {
    const message = `${folder} ends at record ${end.lastSeq}, but record ${wanted.atLeastSeq} was written to it before.`;
    throw new HubStartError('folderUnwritable', message);
  }
  // Written only after everything was read. An older Foyer would misread the new format, and refuses its number.
  if (format < dataFormat) writeIdentity(disk, folder, identity);
  const detail = { snapshotSeq, lastSeq: end.lastSeq };
  log('info', 'store.loaded', base.config ? detail : { ...detail, config: 'rebuilt' });
  if (end.tornBytes > 0) log('warn', 'journal.tornTailCut', { bytes: end.tornBytes });
  settleJournal(disk, folder, end);
  return {
    identity,
    end: { ...end, tornBytes: 0 },
    archive: new Archive(disk, folder),
    audit,
    pages: new Pages(disk, folder),
    customers: new CustomerFiles(disk, folder),
    state: begun(),
    forgotten,
    rated,
    left,
    configIsBehind: false,
    held: new Set(),
    snapshots: snapshotSeq > 0 ? [snapshotSeq] : [],
  };
}

/** Before anything is read: throws when the folder takes no bytes, or less than `roomBytesMin` is free. */
export function proveWritable({ disk, folder }: WriterPorts, roomBytesMin: number): void {
  if (disk.freeBytes(folder) < roomBytesMin) throw Object.assign(new Error('too little room'), { code: 'ENOSPC' });
  probeFolder(disk, folder);
}

/** Joins lines to texts of about `replayChunkLength`. */
function chunks(tell: (text: string) => void) {
  let chunk = '';
  const flush = () => {
    if (chunk !== '') tell(chunk);
    chunk = '';
  };
  const send = (json: string) => {
    chunk += chunk === '' ? json : `\n${json}`;
    if (chunk.length > replayChunkLength) flush();
  };
  return { send, flush };
}
