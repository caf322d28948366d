import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { startHub } from '../../main/hub/start-hub';
import { AttachmentFiles, attachmentPath } from '../../main/hub/store/attachment-files';
import { AttachmentRefused } from '../../main/hub/store/attachment-refused';
import { FileStore } from '../../main/hub/store/file-store';
import { restoreBackup } from '../../main/hub/store/restore-backup';
import { verifyFolder } from '../../main/hub/store/verify-folder';
import type { StartWriter, ToWriter } from '../../main/hub/store/writer-messages';
import { files } from '../support/files';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { passphrase, seededBytes } from '../support/hub';
import { inProcessWriter } from './support/in-process-writer';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const setup = { officeName: 'Harbour Street', supervisorName: 'Sam', passphrase };
const limits = { ...defaultLimits, scryptCost: 16 };
const startMs = Date.UTC(2026, 10, 23, 9);

const none = () => undefined;
const delivery = { id: 'customer-1', cut: none, check: none, record: none };

/** A folder in which a message names a picture, with so many words after it, and its backup. */
async function withPicture(words = 0, startWriter = inProcessWriter()) {
  const folder = join(temporaryFolder(), 'data');
  const clock = createHandClock(startMs);
  const ports = { clock, randomBytes: seededBytes(), log: silent, startWriter };
  const store = await FileStore.open(folder, limits, ports);
  const hub = await startHub(store, { setup, sample: false }, ports, limits);
  const attachments = await AttachmentFiles.open(folder, limits.attachments, store.arrivals);
  const file = await attachments.receive(inPieces(files.png), delivery);
  hub.step((step) => {
    step.add({ type: 'attachment.uploaded', by: 'customer-1', file, at: step.at });
    const groupId = hub.state.config.groups.keys().next().value!;
    step.add({
      type: 'customer.seen',
      customerId: 'customer-1',
      tokenHash: 'a1'.repeat(32),
      name: 'Mei',
      language: 'zh',
    });
    step.route({ type: 'conversation.open', conversationId: 'conversation-1', customerId: 'customer-1', groupId });
    const named = step.state.uploads.attachments('customer-1', [{ attachmentId: file.attachmentId, name: 'a.png' }])!;
    step.message({
      conversationId: 'conversation-1',
      from: { kind: 'customer' },
      text: '',
      line: null,
      attachments: named,
    });
    for (let word = 0; word < words; word += 1)
      step.message({ conversationId: 'conversation-1', from: { kind: 'customer' }, text: `word ${word}`, line: null });
  });
  await hub.outbox.durable(hub.state.seq);
  const { fileName } = await store.backup('foyer-1', null);
  return {
    attachments,
    folder,
    clock,
    hub,
    store,
    file: join(folder, 'backups', fileName),
    path: attachmentPath(file.attachmentId),
  };
}

async function* inPieces(bytes: Buffer) {
  for (const byte of bytes) yield Buffer.of(byte);
}

test('a backup holds the files, and brings them back', async () => {
  const { hub, store, file, path } = await withPicture();
  hub.stop();
  await store.close();
  const elsewhere = join(temporaryFolder(), 'data');
  await restoreBackup(file, elsewhere, startMs);
  expect(readFileSync(join(elsewhere, path)).equals(files.png)).toBe(true);
  expect((await verifyFolder(elsewhere)).problems).toEqual([]);
});

test('a file that only a page of a long conversation names is kept, and comes back with a backup', async () => {
  const { hub, store, file, folder, path } = await withPicture(limits.conversationMessagesMax);
  hub.stop();
  await store.close();
  const [page] = readdirSync(join(folder, 'pages', 'customer-1', 'conversation-1'));
  const started = await AttachmentFiles.open(folder, limits.attachments, store.arrivals);
  expect(await started.removeOrphans(() => false)).toBe(0);
  const elsewhere = join(temporaryFolder(), 'data');
  await restoreBackup(file, elsewhere, startMs);
  expect(readFileSync(join(elsewhere, path)).equals(files.png)).toBe(true);
  const paged = readFileSync(join(elsewhere, 'pages', 'customer-1', 'conversation-1', page!), 'utf8');
  expect(paged.trimEnd().split('\n')).toHaveLength(limits.conversationMessagesMax / 3);
  expect((await verifyFolder(elsewhere)).problems).toEqual([]);
  rmSync(join(elsewhere, path));
  expect((await verifyFolder(elsewhere)).problems).toEqual([`${path} is missing, though a message names it`]);
});

test('verify names a file that is damaged or missing, also of a conversation that is archived', async () => {
  const { folder, clock, hub, store, attachments, path } = await withPicture();
  hub.step((step) => void step.route({ type: 'conversation.leave', conversationId: 'conversation-1' }));
  // So long that neither the desk nor the uploads know of it any more.
  clock.advance(25 * 60 * 60_000);
  const later = await attachments.receive(inPieces(files.pdf), delivery);
  hub.step((step) => step.add({ type: 'attachment.uploaded', by: 'customer-2', file: later, at: step.at }));
  const groupId = hub.state.config.groups.keys().next().value!;
  const other = { conversationId: 'conversation-2', customerId: 'customer-2', groupId };
  hub.step((step) => {
    step.add({
      type: 'customer.seen',
      customerId: 'customer-2',
      tokenHash: 'b2'.repeat(32),
      name: 'Li',
      language: 'en',
    });
    step.route({ type: 'conversation.open', ...other });
  });
  await store.backup('foyer-2', null);
  hub.stop();
  await store.close();
  expect(readFileSync(join(folder, 'archive', '2026-11-23.jsonl'), 'utf8')).toContain('a.png');
  expect((await verifyFolder(folder)).problems).toEqual([]);
  writeFileSync(join(folder, path), files.gif);
  expect((await verifyFolder(folder)).problems).toEqual([`${path} is damaged`]);
  rmSync(join(folder, path));
  expect((await verifyFolder(folder)).problems).toEqual([`${path} is missing, though a message names it`]);
});

/** A writer that is busy with something else from the moment it is asked to erase, until it is let go on. */
function busyWriter() {
  const own = inProcessWriter();
  const waiting: ToWriter[] = [];
  let post = (_message: ToWriter) => {};
  let isBusy = false;
  const startWriter: StartWriter = (setup, tell) => {
    const link = own(setup, tell);
    post = (message) => link.post(message);
    return {
      ...link,
      post(message) {
        if (message.kind === 'erase') isBusy = true;
        if (isBusy) waiting.push(message);
        else post(message);
      },
    };
  };
  const goOn = () => {
    isBusy = false;
    for (const message of waiting.splice(0)) post(message);
  };
  return { startWriter, waiting, goOn };
}

test('the same file, sent by somebody else while its first sender is erased, is there to stay', async () => {
  const { startWriter, waiting, goOn } = busyWriter();
  const { folder, hub, store, attachments, path } = await withPicture(0, startWriter);
  const erased = hub.erasures.erase('customer-1', { kind: 'local' });
  await vi.waitFor(() => expect(waiting).not.toEqual([]));
  const by = 'customer-2';
  const received = attachments.receive(inPieces(files.png), {
    ...{ ...delivery, id: by },
    record: (file) => hub.step((step) => step.add({ type: 'attachment.uploaded', by, file, at: step.at })),
  });
  // All of it has come, and there is time for its record to be queued behind the erasure.
  const arriving = join(folder, 'attachments', 'arriving', '2');
  await vi.waitFor(() => expect(statSync(arriving).size).toBe(files.png.length));
  for (let look = 0; look < 300; look += 1) await stat(join(folder, path));
  goOn();
  expect(await erased).toMatchObject({ kind: 'ack' });
  await received;
  expect(readFileSync(join(folder, path)).equals(files.png)).toBe(true);
  await store.backup('foyer-2', null);
  hub.stop();
  await store.close();
  expect((await verifyFolder(folder)).problems).toEqual([]);
});

test('what is refused once it has its name is removed, unless it was there before', async () => {
  const { attachments, folder, hub, store, path } = await withPicture();
  const before = readdirSync(join(folder, 'attachments'), { recursive: true });
  const blockedAtTheEnd = () => {
    let looks = 0;
    return () => {
      looks += 1;
      if (looks === 3) throw new AttachmentRefused(403, 'blocked', 'No.');
    };
  };
  for (const body of [files.pdf, files.png]) {
    const refused = attachments.receive(inPieces(body), { ...delivery, check: blockedAtTheEnd() });
    await expect(refused).rejects.toMatchObject({ code: 'blocked' });
  }
  const isFile = (name: unknown) => /\w{64}$|arriving\W./.test(String(name));
  const after = readdirSync(join(folder, 'attachments'), { recursive: true });
  expect(after.filter(isFile)).toEqual(before.filter(isFile));
  expect(readFileSync(join(folder, path)).equals(files.png)).toBe(true);
  hub.stop();
  await store.close();
});
