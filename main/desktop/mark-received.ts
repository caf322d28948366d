import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Injected, because each exists on one system only. */
export interface MarkPorts {
  write(path: string, text: string): Promise<void>;
  run(file: string, args: readonly string[]): Promise<unknown>;
}

export const markPorts: MarkPorts = {
  write: (path, text) => writeFile(path, text),
  run: promisify(execFile),
};

/**
 * Marks a file as downloaded, as a browser does: the system then asks before running it, and office programs open it in
 * protected mode. Rejects, for the log, on disks that keep no such marks; the file is saved all the same.
 */
export async function markReceived(path: string, platform: string, nowMs: number, ports: MarkPorts): Promise<void> {
  // Zone 3 is the internet, in an alternate data stream of the file.
  if (platform === 'win32') await ports.write(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n');
  if (platform !== 'darwin') return;
  const seconds = Math.floor(nowMs / 1_000).toString(16);
  await ports.run('/usr/bin/xattr', ['-w', 'com.apple.quarantine', `0081;${seconds};Foyer;`, path]);
}
