import { describe, expect, it } from 'vitest';
import { readHubAddress } from '../../main/desktop/hub-address';
import { externalLink } from '../../shared/external-link';

describe('links that are opened outside', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['http://example.com', 'http://example.com/'],
    ['mailto:jonas@example.net', 'mailto:jonas@example.net'],
    ['HTTPS://EXAMPLE.COM', 'https://example.com/'],
  ])('%s is one', (address, opened) => {
    expect(externalLink(address)).toBe(opened);
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,hi',
    'smb://server/share',
    'ms-settings:',
    'foyer://join',
    'https://bank.example@evil.example/',
    'example.com',
    '',
    `https://example.com/${'x'.repeat(3_000)}`,
  ])('%s is none', (address) => {
    expect(externalLink(address)).toBeNull();
  });
});

describe("a hub's address", () => {
  it.each(['ws://127.0.0.1:7800', 'ws://localhost:7800', 'ws://[::1]:7800/agent', 'ws://127.8.9.1'])(
    '%s',
    (address) => {
      expect(readHubAddress(address)).toEqual({ url: new URL(address).href, fingerprint: null });
    },
  );

  it.each([
    'ws://192.168.1.5:7800',
    'ws://127.0.0.1.evil.example:7800',
    'ws://localhost.evil.example',
    'wss://127.0.0.1:7800',
    'http://127.0.0.1:7800',
    'ws://user@127.0.0.1:7800',
    'ws+unix:///run/socket',
    'nonsense',
  ])('is not %s: plain text stays on this machine', (address) => {
    expect(readHubAddress(address)).toBeNull();
  });

  it('on another machine is one with the fingerprint of its certificate, which is not sent anywhere', () => {
    const fingerprint = `${'a-_Z'.repeat(10)}abc`;
    expect(readHubAddress(`wss://192.168.1.5:7802/ws#fp=${fingerprint}`)).toEqual({
      url: 'wss://192.168.1.5:7802/ws',
      fingerprint,
    });
    expect(readHubAddress(`ws://192.168.1.5:7802/ws#fp=${fingerprint}`)).toBeNull();
    expect(readHubAddress('wss://192.168.1.5:7802/ws#fp=short')).toBeNull();
    expect(readHubAddress(`wss://192.168.1.5:7802/ws?x#fp=${fingerprint}`)).toBeNull();
  });
});
