import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../main/desktop/content-security';
import { resolvePageFile } from '../../main/desktop/page-files';

describe("the page's policy", () => {
  const policy = contentSecurityPolicy('bm9uY2U=');
  const directives = new Map(policy.split('; ').map((entry) => [entry.split(' ')[0], entry.split(' ').slice(1)]));

  it('allows nothing that is not named', () => {
    expect(directives.get('default-src')).toEqual(["'none'"]);
  });

  it('runs its own scripts only, never inline or evaluated ones', () => {
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(policy).not.toMatch(/unsafe|http|\*/);
  });

  it('takes styles from its own files and from elements with the nonce of this load', () => {
    expect(directives.get('style-src')).toEqual(["'self'", "'nonce-bm9uY2U='"]);
  });

  it('opens no connection to anywhere, cannot be framed, and submits no form', () => {
    expect(directives.get('connect-src')).toEqual(["'self'"]);
    for (const name of ['frame-ancestors', 'frame-src', 'form-action', 'base-uri', 'object-src']) {
      expect(directives.get(name)).toEqual(["'none'"]);
    }
  });
});

describe('the file behind an address of the page', () => {
  it.each([
    ['app://foyer/', '/pages/index.html', 'text/html; charset=utf-8'],
    ['app://foyer/index.html', '/pages/index.html', 'text/html; charset=utf-8'],
    ['app://foyer/assets/main-1.js', '/pages/assets/main-1.js', 'text/javascript; charset=utf-8'],
    ['app://foyer/assets/a%20b.css?x#y', '/pages/assets/a b.css', 'text/css; charset=utf-8'],
    // Leading dots end at the top of the address, so this is a file inside.
    ['app://foyer/../../secret.json', '/pages/secret.json', 'application/json; charset=utf-8'],
  ])('%s', (address, path, contentType) => {
    expect(resolvePageFile('/pages', address)).toEqual({ path, contentType });
  });

  it.each([
    ['another host', 'app://evil/index.html'],
    ['another scheme', 'file:///pages/index.html'],
    ['a way out of the folder', 'app://foyer/%2e%2e%2f%2e%2e%2fetc/app.json'],
    ['a way out in Windows style', 'app://foyer/..%5c..%5capp.json'],
    ['the end of a path smuggled in', 'app://foyer/index.html%00.png'],
    ['a broken escape', 'app://foyer/%zz.js'],
    ['a kind of file that no page has', 'app://foyer/main.exe'],
    ['no address', 'index.html'],
  ])('refuses %s', (_name, address) => {
    expect(resolvePageFile('/pages', address)).toBeNull();
  });
});
