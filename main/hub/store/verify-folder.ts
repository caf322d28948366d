import { join } from 'node:path';
import { invariantViolations } from '../../../shared/routing/index';
import { HubStartError } from '../hub-start-error';
import { defaultLimits } from '../limits';
import { type HubState, replayRecord, type StateLimits } from '../state/hub-state';
import { hubRecord } from '../state/records';
import { digestOf } from '../state/running-digest';
import { startingState } from '../state/saved-state';
import { readDay } from './archive-day';
import { ArchiveIndex, archiveDays, indexPath, readIndex } from './archive-index';
import type { ArchivedConversation } from './archived-conversation';
import { attachmentPath } from './attachment-files';
import { auditMonths, checkMonth } from './audit-files';
import { customerFilesIn, readCustomers } from './customer-files';
import { findIdentity, snapshotFile } from './data-folder';
import { type Disk, nodeDisk } from './disk';
import { isThere, listIfThere } from './durable-file';
import { firstLine, sumOfFile } from './file-pieces';
import { lockFolder } from './folder-lock';
import { beginning, JournalDamage, OtherJournal, type Place, readJournal, segmentNames } from './journal-reader';
import { lookThrough, pagedOf } from './pages';
import { readFolder } from './read-folder';

export interface Verified {
  /** Summary of the content, for a person. */
  lines: string[];
  /** Problems found; empty when all is well. */
  problems: string[];
}

interface Found {
  problems: string[];
  /** Attachments that must exist. */
  needed: Set<string>;
}

type Talk = Pick<ArchivedConversation, 'customerId' | 'conversationId' | 'messages' | 'earlier'>;

/** Checks everything in a data folder that no hub is using, without changing anything in it. */
export async function verifyFolder(folder: string, disk = nodeDisk): Promise<Verified> {
  const lock = await lockFolder(folder);
  try {
    return verifyOnDisk(readOnly(disk), folder);
  } finally {
    await lock.release();
  }
}

/** `limits`: those the hub ran with. */
export function verifyOnDisk(disk: Disk, folder: string, limits: StateLimits = defaultLimits): Verified {
  const lines: string[] = [];
  const problems: string[] = [];
  const needed = new Set<string>();
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (error instanceof JournalDamage || error instanceof HubStartError) problems.push(error.message);
      else throw error;
    }
  };
  attempt(() => {
    const identity = findIdentity(disk, folder);
    if (!identity) throw new HubStartError('damaged', 'There is no hub.json.');
    const { hubId } = identity;
    attempt(() => void lines.push(verifyWholeJournal(disk, folder, hubId, problems)));
    const states = verifySnapshots(disk, folder, hubId, limits, { problems, needed });
    const upTo = states.map(({ seq }) => `up to record ${seq}`).join(', ');
    lines.push(states.length === 0 ? 'no snapshot yet' : `${counted(states.length, 'snapshot')}: ${upTo}`);
    attempt(() => {
      const { state, tornBytes } = replayed(disk, folder, hubId, limits);
      if (tornBytes > 0)
        lines.push(`an unfinished write of ${counted(tornBytes, 'byte')} at the end, which the next start cuts`);
      const { conversations } = state.routing;
      lines.push(
        `${counted(conversations.size, 'open conversation')}, ${counted(state.config.accounts.size, 'account')}`,
      );
      for (const attachmentId of state.uploads.needed()) needed.add(attachmentId);
      problems.push(...invariantViolations(state.routing));
      // Every snapshot must lead to the same state, else one of them or the replay is wrong.
      for (const { seq, digest } of states)
        if (digest !== null && digest !== digestOf(state)) problems.push(`state.json of record ${seq} leads elsewhere`);
    });
  });
  lines.push(verifyArchive(disk, folder, { problems, needed }));
  lines.push(verifyAudit(disk, folder, problems));
  lines.push(verifyCustomers(disk, folder, problems));
  lines.push(verifyAttachments(disk, folder, problems, needed));
  return { lines, problems };
}

/** Checks every line of every segment, including segments that no start needs any more. */
function verifyWholeJournal(disk: Disk, folder: string, hubId: string, problems: string[]): string {
  const names = segmentNames(disk, folder);
  const first = names[0] === undefined ? beginning : firstPlace(disk, folder, names[0]);
  let count = 0;
  const { lastSeq } = readJournal(disk, folder, hubId, first, {
    record: (record) => {
      count += 1;
      const issue = hubRecord.safeParse(record).error?.issues[0];
      if (issue) problems.push(`record ${record.seq} is not readable: ${issue.path.join('.')} ${issue.message}`);
    },
  });
  const records = count === 0 ? 'no record' : counted(count, 'record');
  const last = lastSeq === 0 ? 'yet' : `${count === 0 ? 'after' : 'up to'} number ${lastSeq}`;
  return `journal: ${counted(names.length, 'segment')}, ${records} ${last}`;
}

function firstPlace(disk: Disk, folder: string, name: string): Place {
  const text = firstLine(disk, join(folder, 'journal', name)) ?? '';
  const first = /"first":(\d+)/.exec(text)?.[1];
  const prev = /"prev":"([0-9a-f]+)"/.exec(text)?.[1];
  return first === undefined ? beginning : { seq: Number(first) - 1, sum: prev ?? '' };
}

/** Each usable snapshot with the digest of the state it leads to; null where the journal can't be replayed on it. */
function verifySnapshots(disk: Disk, folder: string, hubId: string, limits: StateLimits, found: Found) {
  const there = disk.list(folder).filter((name) => /^state\.json(\.\d+)?$/.test(name));
  const states: { seq: number; digest: string | null }[] = [];
  // One at a time, because each is as large as the whole state.
  for (const { seq, content } of snapshotFile(disk, folder).generations()) {
    if (states.length === 0) {
      const { conversations, closed } = content.state.desk;
      verifyPages(disk, folder, [...conversations, ...closed.filter((each) => typeof each === 'object')], found);
    }
    const state = startingState({ state: content.state, config: null }, limits);
    const place = { seq, sum: content.journalSum };
    states.push({ seq, digest: digestAfter(disk, folder, hubId, place, state, found.problems) });
  }
  if (states.length < there.length)
    found.problems.push(`damaged: ${there.length - states.length} of ${counted(there.length, 'snapshot')}`);
  return states;
}

function digestAfter(
  disk: Disk,
  folder: string,
  hubId: string,
  place: Place,
  state: HubState,
  problems: string[],
): string | null {
  try {
    readJournal(disk, folder, hubId, place, { record: (record) => void replayRecord(state, record, 0) });
    return digestOf(state);
  } catch (error) {
    if (error instanceof OtherJournal) problems.push(`state.json of record ${place.seq} belongs to another journal`);
    else if (!(error instanceof JournalDamage)) throw error;
    return null;
  }
}

function replayed(disk: Disk, folder: string, hubId: string, limits: StateLimits) {
  let state = startingState({ state: null, config: null }, limits);
  const { end } = readFolder(disk, folder, hubId, {
    base: (base) => {
      state = startingState(base, limits);
    },
    record: (record, _json, configSeq) => void replayRecord(state, record, configSeq),
  });
  return { state, tornBytes: end.tornBytes };
}

function verifyArchive(disk: Disk, folder: string, found: Found): string {
  const days = archiveDays(disk, folder);
  const index = new ArchiveIndex(disk, folder);
  let count = 0;
  for (const name of days) {
    let bad = 0;
    for (const { conversation, kind } of readDay(disk, folder, name)) {
      if (kind === 'bad' || kind === 'torn') bad += 1;
      if (!conversation) continue;
      count += 1;
      for (const { attachments = [] } of conversation.messages)
        for (const { attachmentId } of attachments) found.needed.add(attachmentId);
      verifyPages(disk, folder, [conversation], found);
    }
    if (bad > 0) found.problems.push(`archive/${name}: not whole: ${counted(bad, 'line')}`);
    if (!isIndexGood(disk, folder, name, index))
      found.problems.push(`archive/${name}: its index is of something else; the command "index" makes it anew`);
  }
  return `archive: ${counted(days.length, 'day')}, ${counted(count, 'conversation')}`;
}

/** A day without an index is only searched more slowly. What was added since is searched beside it. */
function isIndexGood(disk: Disk, folder: string, name: string, index: ArchiveIndex): boolean {
  const there = readIndex(disk, folder, name);
  if (!there) return !isThere(disk, indexPath(folder, name));
  const made = index.of(name, there.bytes);
  return made !== null && made.sum === there.sum && Buffer.compare(made.bits, there.bits) === 0;
}

function verifyAudit(disk: Disk, folder: string, problems: string[]): string {
  const months = auditMonths(disk, folder);
  let count = 0;
  let torn = 0;
  for (const name of months) {
    const { entries, badLines, tornBytes } = checkMonth(disk, folder, name);
    count += entries;
    torn += tornBytes;
    if (badLines > 0) problems.push(`audit/${name}: not whole or not in order: ${counted(badLines, 'line')}`);
  }
  const unfinished = torn > 0 ? `, ${counted(torn, 'byte')} of an unfinished write` : '';
  return `audit log: ${counted(months.length, 'month')}, ${counted(count, 'entry', 'entries')}${unfinished}`;
}

function verifyCustomers(disk: Disk, folder: string, problems: string[]): string {
  const customerIds = new Set<string>();
  const names = customerFilesIn(disk, folder);
  for (const name of names) {
    let bad = 0;
    for (const { customer, isTorn } of readCustomers(disk, folder, name)) {
      if (customer) customerIds.add(customer.customerId);
      else if (!isTorn) bad += 1;
    }
    if (bad > 0) problems.push(`customers/${name}: not readable: ${counted(bad, 'line')}`);
  }
  return `customers who were here before: ${customerIds.size} in ${counted(names.length, 'file')}`;
}

/** Messages that have left the state must be on pages. */
function verifyPages(disk: Disk, folder: string, conversations: Iterable<Talk>, { problems, needed }: Found): void {
  for (const each of conversations) {
    if (!each.earlier) continue;
    const { attachmentIds, problem } = lookThrough(disk, folder, pagedOf({ ...each, earlier: each.earlier }));
    if (problem) problems.push(`pages/${each.customerId}/${each.conversationId} ${problem}`);
    for (const attachmentId of attachmentIds) needed.add(attachmentId);
  }
}

/** Checks that every needed file exists and matches its hash. */
function verifyAttachments(disk: Disk, folder: string, problems: string[], needed: ReadonlySet<string>): string {
  for (const attachmentId of needed) {
    const path = join(folder, attachmentPath(attachmentId));
    if (!isThere(disk, path)) problems.push(`${attachmentPath(attachmentId)} is missing, though a message names it`);
    else if (sumOfFile(disk, path) !== attachmentId) problems.push(`${attachmentPath(attachmentId)} is damaged`);
  }
  return `attachments: ${needed.size} named`;
}

function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

/** A disk that ignores changes, so that files a start would quarantine stay in place. */
function readOnly(disk: Disk): Disk {
  const nothing = () => undefined;
  return {
    ...disk,
    rename: nothing,
    makeFolder: nothing,
    syncFolder: nothing,
    remove: nothing,
    removeAll: nothing,
    list: (path) => listIfThere(disk, path),
  };
}
