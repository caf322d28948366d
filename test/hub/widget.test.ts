import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { widgetDefault } from '../../shared/protocol/widget';

import { CustomersListener, type Got } from '../support/customers-listener';
import { TestHub } from '../support/hub';

const site = 'https://shop.example';

describe('the settings of the widget', () => {
  test('are told to those who are there, kept over a restart, in the audit log, and left alone by other changes', async () => {
    const office = await TestHub.start();
    const sam = await office.supervisor();
    expect(sam.events('office.changed').at(-1)?.office.widget ?? widgetDefault).toEqual(widgetDefault);
    const widget = { sites: [site, 'https://*.shop.example:8443'], whenAway: 'hide', greetAfterSeconds: 5 };
    expect(sam.command({ op: 'office.put', widget }).type).toBe('ack');
    sam.command({ op: 'office.put', name: 'Nordlys' });
    expect(sam.events('office.changed').at(-1).office).toMatchObject({ name: 'Nordlys', widget });
    const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 2 })).result;
    expect(entries[1].changes).toEqual([
      { field: 'widget.sites', before: '', after: widget.sites.join(', ') },
      { field: 'widget.whenAway', before: 'later', after: 'hide' },
      { field: 'widget.greetAfterSeconds', before: null, after: 5 },
    ]);
    const next = await office.restart();
    expect((await next.supervisor()).events('office.changed').at(-1).office.widget).toEqual(widget);
  });

  test.each([
    'shop.example',
    'https://shop.example/',
    'https://shop.example/path',
    'https://SHOP.example',
    'https://*',
    'https://*.example',
    'https://shop.*.example',
    'ftp://shop.example',
    "https://shop.example; script-src 'unsafe-inline'",
    'https://shop.example https://evil.example',
    'https://shop.example\r\nSet-Cookie: a=b',
    `https://${'a'.repeat(100)}.example`,
    "'self'",
    'data:',
  ])('%j is no site', async (wrong) => {
    const office = await TestHub.start();
    const sam = await office.supervisor();
    const refusal = { type: 'refused', code: 'invalid' };
    expect(sam.command({ op: 'office.put', widget: { ...widgetDefault, sites: [wrong] } })).toMatchObject(refusal);
  });
});

const ancestorsIn = ({ headers }: Got) => /frame-ancestors ([^;]*)/.exec(headers['content-security-policy'] ?? '')?.[1];

test('only the sites that are named may show the chat, and no site anything else', async () => {
  const at = await CustomersListener.open(await TestHub.start());
  expect(ancestorsIn(await at.get('/chat'))).toBe("'self'");
  at.set({ sites: [site, 'http://localhost:3000'] });
  expect(ancestorsIn(await at.get('/chat'))).toBe(`'self' ${site} http://localhost:3000`);
  for (const path of ['/try', '/widget.js']) expect(ancestorsIn(await at.get(path))).toBe("'none'");
  expect(ancestorsIn(await at.get('/', {}, 'agent'))).toBe("'none'");
  expect((await at.get('/try')).headers['content-security-policy']).toContain("frame-src 'self'");
  expect((await at.get('/chat')).headers['content-security-policy']).toContain("frame-src 'none'");
  expect((await at.get('/try', {}, 'agent')).status).toBe(404);
});

const look =
  '"colors":{"theme":"#0f766e","onTheme":"#ffffff","link":"#0f766e"},"launcher":{"side":"right","sidePx":24,"bottomPx":24},"greeting":{}';

test('the script is for any site, as it is now: small, kept for five minutes, asked for again by its tag', async () => {
  const at = await CustomersListener.open(await TestHub.start());
  const first = await at.get('/widget.js', { 'accept-encoding': 'gzip' });
  expect(first.headers).toMatchObject({
    'cache-control': 'public, max-age=300',
    'content-encoding': 'gzip',
    'content-type': 'text/javascript; charset=utf-8',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'Accept-Encoding',
  });
  expect(gunzipSync(first.body).toString()).toBe(
    `self.foyerWidget={"whenAway":"later","greetAfterSeconds":null,${look}};run()`,
  );
  const again = { 'accept-encoding': 'gzip', 'if-none-match': first.headers.etag! };
  expect(await at.get('/widget.js', again)).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  // Who may show the chat is none of the shop's visitors' business.
  at.set({ sites: [site], whenAway: 'hide' });
  const next = await at.get('/widget.js', again);
  expect([next.status, gunzipSync(next.body).toString()]).toEqual([
    200,
    `self.foyerWidget={"whenAway":"hide","greetAfterSeconds":null,${look}};run()`,
  ]);
  expect((await at.get('/widget.js', {}, 'agent')).body.toString()).toBe('run()');
  expect((await at.get('/widget.js', { origin: site })).status).toBe(403);
});
