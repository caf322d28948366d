import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { deepLinkIn, openDeepLinks } from '../../main/desktop/deep-link';

const link = 'foyer://192.168.1.5:7802#fp=ab&k=cd';

describe('an invitation opened outside', () => {
  it.each([
    ['among switches', ['foyer', '--no-sandbox', link], link],
    ['the last of two', ['foyer', 'foyer://old:1', link], link],
    ['none', ['foyer', '--inspect', '.'], null],
    ['of another scheme', ['foyer', 'https://example.com/foyer://x'], null],
    ['far too long', ['foyer', `foyer://${'x'.repeat(2_048)}`], null],
  ])('%s', (_what, argv, expected) => {
    expect(deepLinkIn(argv)).toBe(expected);
  });

  it('is read once, however it came', () => {
    const app = new EventEmitter();
    const links = openDeepLinks(app as App, ['foyer', link]);
    let opened = 0;
    links.listen(() => {
      opened += 1;
    });
    expect(links.take()).toBe(link);
    expect(links.take()).toBeNull();

    app.emit('second-instance', {}, ['foyer', 'foyer://second:1']);
    expect([opened, links.take()]).toEqual([1, 'foyer://second:1']);
    app.emit('second-instance', {}, ['foyer']);
    expect([opened, links.take()]).toEqual([1, null]);
    let prevented = false;
    const event = {
      preventDefault() {
        prevented = true;
      },
    };
    app.emit('open-url', event, 'foyer://mac:1');
    expect([opened, links.take(), prevented]).toEqual([2, 'foyer://mac:1', true]);
  });
});
