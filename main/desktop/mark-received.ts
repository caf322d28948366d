import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What the system is asked of; handed in, because each is there on one system only. */
export interface MarkPorts {
  write(path: string, text: string): Promise<void>;
  run(file: string, args: readonly string[]): Promise<unknown>;
}

export const markPorts: MarkPorts = {
  write: (path, text) => writeFile(path, text),
  run: promisify(execFile),
};

/**
 * Tells the system that a file came from somebody else, as a browser does: then it asks before it opens a program in it,
 * and office programs open it protected. A disk that keeps no such marks is no reason not to save: rejects for the log.
 */
export async function markReceived(path: string, platform: string, nowMs: number, ports: MarkPorts): Promise<void> {
  // The zone of the internet, in a stream beside the file's own.
  if (platform === 'win32') await ports.write(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n');
  if (platform !== 'darwin') return;
  const seconds = Math.floor(nowMs / 1_000).toString(16);
  await ports.run('/usr/bin/xattr', ['-w', 'com.apple.quarantine', `0081;${seconds};Foyer;`, path]);
}
