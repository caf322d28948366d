import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AttachmentDesk } from '../../main/hub/attachments/attachment-desk';
import { openListener } from '../../main/hub/listen/listener';
import { loopbackOnly } from '../../main/hub/listen/proxy-view';
import { AttachmentFiles } from '../../main/hub/store/attachment-files';
import { widgetDefault } from '../../shared/protocol/widget';

import { temporaryFolder } from '../support/folder';
import { seededBytes, TestHub } from '../support/hub';

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

/** A customers' listener over built pages, with the office's settings as they are now. */
async function listening() {
  const office = await TestHub.start();
  const files = await AttachmentFiles.open(temporaryFolder(), office.limits.attachments, office.store.arrivals);
  const attachments = new AttachmentDesk(() => office.hub, files);
  const pageFolder = temporaryFolder();
  mkdirSync(join(pageFolder, 'assets'));
  for (const [name, text] of Object.entries({ 'index.html': 'chat', 'try.html': 'shop', 'widget.js': 'run()' }))
    writeFileSync(join(pageFolder, name), text);
  let widget = { ...widgetDefault };
  const open = async (role: 'agent' | 'customer') => {
    const listener = await openListener({
      ...{ role, access: loopbackOnly, tls: null, host: '127.0.0.1', port: 0, pageFolder, attachments },
      ...{ limits: office.hub.limits, log: office.hub.log, randomBytes: seededBytes(3), mayAsk: () => 0 },
      widget: () => widget,
      accept: () => ({ frame: () => undefined, control: () => undefined, closed: () => undefined }),
    });
    onTestFinished(() => listener.close());
    return listener.port;
  };
  return {
    customer: await open('customer'),
    agent: await open('agent'),
    set: (change: object) => (widget = { ...widget, ...change }),
  };
}

interface Got {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

function get(port: number, path: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers as Got['headers'],
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const ancestorsIn = ({ headers }: Got) => /frame-ancestors ([^;]*)/.exec(headers['content-security-policy'] ?? '')?.[1];

test('only the sites that are named may show the chat, and no site anything else', async () => {
  const { customer, agent, set } = await listening();
  expect(ancestorsIn(await get(customer, '/chat'))).toBe("'self'");
  set({ sites: [site, 'http://localhost:3000'] });
  expect(ancestorsIn(await get(customer, '/chat'))).toBe(`'self' ${site} http://localhost:3000`);
  for (const path of ['/try', '/widget.js']) expect(ancestorsIn(await get(customer, path))).toBe("'none'");
  expect(ancestorsIn(await get(agent, '/'))).toBe("'none'");
  expect((await get(customer, '/try')).headers['content-security-policy']).toContain("frame-src 'self'");
  expect((await get(customer, '/chat')).headers['content-security-policy']).toContain("frame-src 'none'");
  expect((await get(agent, '/try')).status).toBe(404);
});

test('the script is for any site, as it is now: small, kept for five minutes, asked for again by its tag', async () => {
  const { customer, agent, set } = await listening();
  const first = await get(customer, '/widget.js', { 'accept-encoding': 'gzip' });
  expect(first.headers).toMatchObject({
    'cache-control': 'public, max-age=300',
    'content-encoding': 'gzip',
    'content-type': 'text/javascript; charset=utf-8',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'Accept-Encoding',
  });
  expect(gunzipSync(first.body).toString()).toBe(
    'self.foyerWidget={"whenAway":"later","greetAfterSeconds":null};run()',
  );
  const again = { 'accept-encoding': 'gzip', 'if-none-match': first.headers.etag! };
  expect(await get(customer, '/widget.js', again)).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  // Who may show the chat is none of the shop's visitors' business.
  set({ sites: [site], whenAway: 'hide' });
  const next = await get(customer, '/widget.js', again);
  expect([next.status, gunzipSync(next.body).toString()]).toEqual([
    200,
    'self.foyerWidget={"whenAway":"hide","greetAfterSeconds":null};run()',
  ]);
  expect((await get(agent, '/widget.js')).body.toString()).toBe('run()');
  expect((await get(customer, '/widget.js', { origin: site })).status).toBe(403);
});
