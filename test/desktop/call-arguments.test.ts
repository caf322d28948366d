import { describe, expect, it } from 'vitest';
import { callArguments, cardArguments, checkCall } from '../../main/desktop/call-arguments';
import { heldToken } from '../../shared/desktop-api';

const profile = { mode: 'host', agentUrl: 'ws://127.0.0.1:7800', deviceId: 'd1', token: heldToken };
const alert = {
  ...{ alertId: 'a', title: 'Mei', body: 'Hi', conversationId: 'c', name: 'Mei', group: 'Sales', why: '' },
  ...{ waitingSince: 1_000, shownAt: 2_000, until: null, card: 'whileHidden' },
  words: { accept: 'Accept', open: 'Open', waiting: '{time}' },
  look: { language: 'en', scheme: 'light' },
};
const tray = { status: 'online', link: 'up', waiting: 2, wanted: 1, language: 'en' };
const hosting = { officeName: 'Office', supervisorName: 'Lea', passphrase: 'correct horse' };

const right: [name: string, args: unknown[]][] = [
  ['app.info', []],
  ['profile.read', []],
  ['profile.write', [profile]],
  ['profile.write', [null]],
  ['hub.host', [hosting]],
  ['hub.sample', []],
  ['hub.state', []],
  ['hub.resume', []],
  ['hub.recover', ['cut']],
  ['hub.restore', []],
  ['hub.restorePicked', ['a passphrase']],
  ['hub.showFolder', []],
  ['hub.addresses', []],
  ['hub.setLan', [{ host: '0.0.0.0', port: 7802 }]],
  ['hub.setCustomers', [{ host: '0.0.0.0', publicUrl: null, trustedProxies: [] }]],
  ['hub.setCustomers', [{ host: null, publicUrl: 'https://chat.example.com', trustedProxies: ['::1'] }]],
  ['hub.resetPassphrase', ['a new passphrase', null]],
  ['hub.find', []],
  ['hub.pair', ['192.168.1.5:7802', 'K7QM-2XPA-9TRC']],
  ['line.open', [1, 'ws://127.0.0.1:7800']],
  ['line.send', [1, '{}']],
  ['line.close', [1]],
  ['attachment.upload', [new Uint8Array(3)]],
  ['attachment.download', ['conversation-1', 'a'.repeat(64)]],
  ['file.save', ['invoice.pdf', new Uint8Array(3)]],
  ['alert.show', [alert]],
  ['alert.clear', ['a']],
  ['tray.show', [tray]],
  ['idle.read', []],
  ['clipboard.write', ['text']],
  ['invitation.take', []],
  ['appearance.write', ['dark']],
  ['autoStart.read', []],
  ['autoStart.write', [true]],
  ['log.showFolder', []],
  ['support.save', []],
  ['link.open', ['https://example.com']],
];

const wrong: [why: string, name: unknown, args: unknown][] = [
  ['no such call', 'app.quit', []],
  ...['http://chat.example.com', 'https://chat.example.com/path', 'javascript:1'].map(
    (publicUrl): [string, unknown, unknown] => [
      `no https origin: ${publicUrl}`,
      'hub.setCustomers',
      [{ host: null, publicUrl, trustedProxies: [] }],
    ],
  ),
  [
    'a proxy by name',
    'hub.setCustomers',
    [{ host: null, publicUrl: 'https://chat.example.com', trustedProxies: ['proxy.local'] }],
  ],
  ['a name of every object', 'constructor', []],
  ['no name at all', { toString: () => 'app.info' }, []],
  ['a path for a hash', 'attachment.download', ['c', '../../hub.json']],
  ['a token of the page’s own', 'profile.write', [{ ...profile, token: 't'.repeat(43) }]],
  ['a file too large', 'file.save', ['a.pdf', new Uint8Array(10 * 1024 ** 2 + 1)]],
  ['an argument too many', 'app.info', [1]],
  ['an argument too few', 'line.open', [1]],
  ['arguments that are no list', 'app.info', 'none'],
  ['a line that is no number', 'line.send', ['1', '{}']],
  ['a line that is no whole number', 'line.close', [1.5]],
  ['a frame that is no text', 'line.send', [1, { frame: true }]],
  ['a frame larger than any', 'line.send', [1, 'x'.repeat(300_000)]],
  ['an unknown field', 'profile.write', [{ ...profile, admin: true }]],
  ['an unknown mode', 'profile.write', [{ ...profile, mode: 'root' }]],
  ['an empty name', 'hub.host', [{ ...hosting, officeName: ' ' }]],
  ['an endless title', 'alert.show', [{ ...alert, title: 'x'.repeat(201) }]],
  ['a look of another kind', 'alert.show', [{ ...alert, look: { language: 'fr', scheme: 'light' } }]],
  ['a negative count', 'tray.show', [{ ...tray, waiting: -1 }]],
  ['an unknown way to recover', 'hub.recover', ['wipe']],
  ['a backup picked by the page', 'hub.restore', ['/etc/passwd']],
  ['a backup picked by the page, with a passphrase', 'hub.restorePicked', ['a passphrase', '/etc/passwd']],
  ['a colour of another kind', 'appearance.write', ['blue']],
  ['an unknown status', 'tray.show', [{ ...tray, status: 'away' }]],
];

describe('calls of the page', () => {
  it.each(right)('%s is taken with its arguments (%#)', (name, args) => {
    expect(checkCall(callArguments, name, args)).toMatchObject({ ok: true, name, args });
  });

  it('has an example for every call', () => {
    expect(new Set(right.map(([name]) => name))).toEqual(new Set(Object.keys(callArguments)));
  });

  it.each(wrong)('refuses %s', (_why, name, args) => {
    expect(checkCall(callArguments, name, args).ok).toBe(false);
  });

  it('are fewer for the card window', () => {
    expect(Object.keys(cardArguments)).toEqual(['cards.read', 'cards.accept', 'cards.open']);
    expect(checkCall(cardArguments, 'cards.accept', ['a']).ok).toBe(true);
    expect(checkCall(cardArguments, 'cards.accept', [7]).ok).toBe(false);
    expect(checkCall(cardArguments, 'profile.read', []).ok).toBe(false);
  });

  it('does not repeat what was sent: it may be a passphrase', () => {
    const refused = checkCall(callArguments, 'hub.host', [
      { ...hosting, passphrase: 'hunter2'.repeat(40), extra: 'hunter2' },
    ]);
    expect(JSON.stringify(refused)).not.toContain('hunter2');
  });
});
