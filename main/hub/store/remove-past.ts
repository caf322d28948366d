import { dirname, join } from 'node:path';
import { attachmentPath } from './attachment-files';
import { writeIdentity } from './data-folder';
import { listIfThere, removeIfThere } from './durable-file';
import type { OpenFolder, WriterPorts } from './open-folder';
import { compareDigests, saveAnew } from './save-snapshot';
import type { Erased, ToWriter } from './writer-messages';

/** STORAGE.md, "Erasing a customer". Idempotent: can be run again after a crash. */
export function eraseCustomers(
  ports: WriterPorts,
  open: OpenFolder,
  { customerIds, attachmentIds, epoch, at }: Extract<ToWriter, { kind: 'erase' }>,
): Erased {
  compareDigests(ports, open, at.digest);
  const { disk, folder } = ports;
  const theirs = new Set(customerIds);
  open.identity = { ...open.identity, epoch };
  writeIdentity(disk, folder, open.identity);
  saveAnew(ports, open, at);
  eraseAttachments(ports, open, theirs, attachmentIds);
  open.archive.erase(theirs);
  open.pages.erase(theirs);
  open.customers.erase(theirs);
  // Quarantined files may hold anyone's messages.
  for (const name of ['quarantine', 'restoring']) disk.removeAll(join(folder, name));
  disk.syncFolder(folder);
  return { epoch, backups: listIfThere(disk, join(folder, 'backups')) };
}

/**
 * Runs before archive and pages are erased, so that a retry still finds which attachments are theirs. A file others
 * name too stays, because equal files are stored once.
 */
function eraseAttachments(
  { disk, folder }: WriterPorts,
  { state, archive, pages }: OpenFolder,
  customerIds: ReadonlySet<string>,
  attachmentIds: string[],
): void {
  const archived = archive.attachments(customerIds);
  const paged = pages.attachments(customerIds);
  for (const attachmentId of new Set([...archived.theirs, ...paged.theirs, ...attachmentIds])) {
    if (archived.others.has(attachmentId) || paged.others.has(attachmentId) || state.uploads.needs(attachmentId))
      continue;
    const path = join(folder, attachmentPath(attachmentId));
    if (!removeIfThere(disk, path)) continue;
    disk.syncFolder(dirname(path));
  }
}

/** Idempotent: can be run again after a crash. */
export function expirePast(
  ports: WriterPorts,
  open: OpenFolder,
  { before, at }: Extract<ToWriter, { kind: 'expire' }>,
): void {
  saveAnew(ports, open, at);
  const { archive, audit, pages, customers } = open;
  const ended = pages.areNone ? new Set<string>() : new Set(archive.pagedBefore(before));
  archive.expire(before);
  audit.expire(before);
  customers.expire(before);
  expirePages(open, before, ended);
}

/**
 * Removes pages of conversations just removed from the archive, and of those that neither it nor the state has. The
 * remaining archive is read only when other pages are as old as what was removed: after a crash between the two
 * steps, after a journal was cut, or for a conversation that began before midnight.
 */
function expirePages({ state, archive, pages }: OpenFolder, before: number, ended: ReadonlySet<string>): void {
  const held = new Set([...state.threads.held()].map(({ conversationId }) => conversationId));
  const others = pages.all().filter(({ conversationId }) => !held.has(conversationId));
  const gone = others.filter(({ conversationId }) => ended.has(conversationId));
  const old = others.filter((each) => !ended.has(each.conversationId) && pages.endBefore(each, before));
  const unknown = archive.unnamed(old.map(({ conversationId }) => conversationId));
  pages.remove([...gone, ...old.filter(({ conversationId }) => unknown.has(conversationId))]);
}
