import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runningHub } from '../../main/hub/cli/local-line';
import { lockFolder, readLock } from '../../main/hub/store/folder-lock';
import { temporaryFolder } from '../support/folder';

const isRoot = process.getuid?.() === 0;
const onPosix = test.skipIf(process.platform === 'win32');
const asRoot = test.skipIf(!isRoot);
const stranger = 54_321;
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** A lock of this process, which is alive. */
async function liveLock(folder: string, url = 'ws://127.0.0.1:1/ws'): Promise<string> {
  const lock = await lockFolder(folder);
  await lock.publish(url, 'secret');
  return readFileSync(join(folder, 'LOCK'), 'utf8');
}

onPosix('a folder that others could open is closed to them, with all that is in it', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'archive'));
  writeFileSync(join(folder, 'archive', '2026-11-23.jsonl'), '');
  writeFileSync(join(folder, 'state.json'), '');
  for (const path of [folder, join(folder, 'archive')]) chmodSync(path, 0o777);
  await lockFolder(folder);
  const paths = ['.', 'archive', 'archive/2026-11-23.jsonl', 'state.json', 'LOCK'];
  expect(paths.map((path) => mode(join(folder, path)))).toEqual(['700', '700', '600', '600', '600']);
});

asRoot.each(['LOCK', 'hub-key.pem', 'archive'])(
  '%s of another user in it: refused, and left as it is',
  async (name) => {
    const folder = temporaryFolder();
    if (name === 'archive') mkdirSync(join(folder, name));
    else writeFileSync(join(folder, name), 'theirs');
    chownSync(join(folder, name), stranger, stranger);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'folderUnsafe',
      message: expect.stringContaining(name),
    });
  },
);

asRoot('deep in a folder that was open, too', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'archive'));
  writeFileSync(join(folder, 'archive', 'theirs'), '');
  chownSync(join(folder, 'archive', 'theirs'), stranger, stranger);
  chmodSync(folder, 0o777);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'folderUnsafe' });
});

asRoot('nothing is sent to what another user has put in the place of the lock', async () => {
  const folder = temporaryFolder();
  const text = await liveLock(folder);
  chownSync(join(folder, 'LOCK'), stranger, stranger);
  await expect(runningHub(folder)).rejects.toMatchObject({ code: 'folderUnsafe' });
  expect(readFileSync(join(folder, 'LOCK'), 'utf8')).toBe(text);
});

onPosix('a lock that is a link, or that others can write, is not believed', async () => {
  const folder = temporaryFolder();
  const text = await liveLock(folder);
  expect(await readLock(folder)).toMatchObject({ localSecret: 'secret' });
  chmodSync(join(folder, 'LOCK'), 0o666);
  await expect(readLock(folder)).rejects.toMatchObject({ code: 'folderUnsafe' });
  const linked = temporaryFolder();
  writeFileSync(join(linked, 'elsewhere'), text, { mode: 0o600 });
  symlinkSync(join(linked, 'elsewhere'), join(linked, 'LOCK'));
  await expect(readLock(linked)).rejects.toMatchObject({ code: 'folderUnsafe' });
  await expect(lockFolder(linked)).rejects.toMatchObject({ code: 'folderUnsafe' });
});

test.skipIf(process.platform !== 'linux')('the lock of a process that nobody has buried is taken over', async () => {
  const folder = temporaryFolder();
  // The shell becomes a program that never asks for the end of the child it has started.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(line);
  await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^State:\s+Z/m));
  const text = JSON.stringify({ pid, processStarted: null, agentUrl: null, localSecret: null });
  writeFileSync(join(folder, 'LOCK'), text, { mode: 0o600 });
  expect(await readLock(folder)).toBeNull();
  await lockFolder(folder);
  expect(await readLock(folder)).toMatchObject({ pid: process.pid });
});

test('a lock that names another machine is sent nothing', async () => {
  const folder = temporaryFolder();
  await liveLock(folder, 'ws://192.168.1.9:7800/ws');
  await expect(runningHub(folder)).rejects.toMatchObject({ code: 'folderUnsafe' });
  const own = temporaryFolder();
  await liveLock(own, 'ws://[::1]:7800/ws');
  expect(await runningHub(own)).toEqual({ url: 'ws://[::1]:7800/ws', secret: 'secret' });
});
