import { expect, test } from 'vitest';
import { markReceived } from '../../main/desktop/mark-received';
import { notificationBody } from '../../main/desktop/notification-text';

function ports() {
  const asked: unknown[] = [];
  return {
    asked,
    write: async (path: string, text: string) => void asked.push([path, text]),
    run: async (file: string, args: readonly string[]) => void asked.push([file, ...args]),
  };
}

test.each([
  ['win32', [['C:\\a.pdf:Zone.Identifier', '[ZoneTransfer]\r\nZoneId=3\r\n']]],
  ['darwin', [['/usr/bin/xattr', '-w', 'com.apple.quarantine', '0081;6b49d200;Foyer;', 'C:\\a.pdf']]],
  ['linux', []],
])('what was saved is marked as received on %s', async (platform, expected) => {
  const system = ports();
  await markReceived('C:\\a.pdf', platform, 1_800_000_000_000, system);
  expect(system.asked).toEqual(expected);
});

test('where there are no such marks, that is said', async () => {
  const failing = { ...ports(), write: async () => Promise.reject(new Error('EINVAL')) };
  await expect(markReceived('a', 'win32', 0, failing)).rejects.toThrow('EINVAL');
});

test('what a customer writes is no markup in a notification of Linux’s', () => {
  const words = '<a href="https://x.example">1 & 2</a><img src="https://x.example/i.png">';
  const body = notificationBody(words, 'linux');
  expect(body).toBe('&lt;a href="https://x.example"&gt;1 &amp; 2&lt;/a&gt;&lt;img src="https://x.example/i.png"&gt;');
  for (const platform of ['win32', 'darwin']) expect(notificationBody(words, platform)).toBe(words);
});
