import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import type { RunningHub } from '../../main/hub/running-hub';
import { Arrivals } from '../../main/hub/store/arrivals';
import { AttachmentFiles, attachmentPath } from '../../main/hub/store/attachment-files';
import type { StartWriter } from '../../main/hub/store/writer-messages';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { seededBytes } from '../support/hub';
import { openRealHub } from '../support/real-hub';
import { inProcessWriter } from './support/in-process-writer';

const [lost, archived] = ['ab'.repeat(32), 'cd'.repeat(32)];

/** A file that nothing names, and one that only the archive does. */
function withFiles(): { folder: string; isThere(attachmentId: string): boolean } {
  const folder = temporaryFolder();
  const pathOf = (attachmentId: string) => join(folder, attachmentPath(attachmentId));
  for (const attachmentId of [lost, archived]) {
    mkdirSync(dirname(pathOf(attachmentId)), { recursive: true });
    writeFileSync(pathOf(attachmentId), 'text');
  }
  mkdirSync(join(folder, 'archive'));
  const line = `{"attachments":[{"attachmentId":"${archived}"}]}\n`;
  writeFileSync(join(folder, 'archive', '2026-01-02.jsonl'), line);
  return { folder, isThere: (attachmentId) => existsSync(pathOf(attachmentId)) };
}

async function opened(folder: string, startWriter: StartWriter): Promise<{ hub: RunningHub; events: string[] }> {
  const events: string[] = [];
  const note = (event: string) => void events.push(event);
  const hub = await openRealHub(folder, {
    clock: createHandClock(1_800_000_000_000),
    randomBytes: seededBytes(5),
    log: { info: note, warn: note, error: note },
    startWriter,
  });
  return { hub, events };
}

/** A writer that lists no archive before it may. */
function slowWriter(): { startWriter: StartWriter; list(): void } {
  let list: () => void = () => undefined;
  const may = new Promise<void>((resolve) => {
    list = resolve;
  });
  const startWriter: StartWriter = (setup, tell) => {
    const link = inProcessWriter()(setup, tell);
    return {
      ...link,
      post: (message) =>
        void (message.kind === 'listArchive' ? may.then(() => link.post(message)) : link.post(message)),
    };
  };
  return { startWriter, list: () => list() };
}

test('a hub is there for everybody before it looks for files that nothing names', async () => {
  const { folder, isThere } = withFiles();
  const { startWriter, list } = slowWriter();
  const { hub, events } = await opened(folder, startWriter);
  expect([events.includes('hub.listening'), isThere(lost)]).toEqual([true, true]);
  list();
  await vi.waitFor(() => expect(events).toContain('attachments.orphansRemoved'));
  expect([isThere(lost), isThere(archived)]).toEqual([false, true]);
  await hub.stop();
});

test('a stopped hub looks no further, and removes nothing', async () => {
  const { folder, isThere } = withFiles();
  const { startWriter, list } = slowWriter();
  const { hub, events } = await opened(folder, startWriter);
  const stopped = hub.stop();
  list();
  await stopped;
  expect([isThere(lost), events.filter((event) => event.startsWith('attachments.'))]).toEqual([true, []]);
});

test('what can’t be read is logged, and keeps the files and the hub', async () => {
  const { folder, isThere } = withFiles();
  mkdirSync(join(folder, 'archive', '2026-01-03.jsonl'));
  const { hub, events } = await opened(folder, inProcessWriter());
  await vi.waitFor(() => expect(events).toContain('attachments.orphansNotRemoved'));
  expect(isThere(lost)).toBe(true);
  expect(await hub.supervisorCode()).not.toBe('');
  await hub.stop();
});

test('no more files are read once all are needed', async () => {
  const { folder, isThere } = withFiles();
  // Reading it would throw.
  mkdirSync(join(folder, 'pages', 'customer-1', 'conversation-1', '1.1.jsonl'), { recursive: true });
  const files = await AttachmentFiles.open(folder, defaultLimits.attachments, new Arrivals());
  let asked = 0;
  const neededLater = () => {
    asked += 1;
    return asked > 2;
  };
  expect(await files.removeOrphans(neededLater)).toBe(0);
  expect(isThere(lost)).toBe(true);
});
