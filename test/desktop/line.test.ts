import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Tell } from '../../main/desktop/bridge';
import { createLine, type Line } from '../../main/desktop/line';
import type { DesktopEvents } from '../../shared/desktop-api';

describe('the line to the hub', () => {
  let server: WebSocketServer;
  let url: string;
  let told: [name: string, payload: unknown][];
  let logged: string[];
  let line: Line;

  beforeEach(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) =>
      socket.on('message', (data) => {
        if (String(data) === 'bye') socket.close(4000);
        else socket.send(`echo ${data}`);
      }),
    );
    told = [];
    logged = [];
    const tell = ((name, payload) => told.push([name, payload])) as Tell<DesktopEvents>;
    const log = (event: string, detail?: object) => logged.push(JSON.stringify({ event, ...detail }));
    const guard = {
      allows: (to: string) => !to.endsWith('/elsewhere'),
      pins: () => [],
      outgoing: (_to: string, frame: string) => frame.replace('held', 'real'),
      incoming: (_from: string, frame: string) => frame.replace('real', 'held'),
    };
    const whereabouts = { of: (to: string) => to, lookAnew: () => undefined };
    line = createLine(tell, { info: log, warn: log, error: log }, whereabouts, guard);
  });
  afterEach(async () => {
    line.drop();
    for (const client of server.clients) client.terminate();
    server.close();
    await once(server, 'close');
  });

  const tells = (name: string, payload: unknown) => vi.waitFor(() => expect(told).toContainEqual([name, payload]));

  it('carries frames as they are, and says how it ended', async () => {
    line.open(1, url);
    await tells('line.opened', { line: 1 });
    line.send(1, '{"secret":"text"}');
    await tells('line.frame', { line: 1, frame: 'echo {"secret":"text"}' });
    line.send(1, 'bye');
    await tells('line.closed', { line: 1, code: 4000 });
    expect(logged.join()).not.toContain('secret');
  });

  it('lets the token in and out on the way, and goes nowhere else', async () => {
    const heard: string[] = [];
    server.on('connection', (socket) => socket.on('message', (data) => heard.push(String(data))));
    line.open(1, url);
    await tells('line.opened', { line: 1 });
    line.send(1, 'a held token');
    await tells('line.frame', { line: 1, frame: 'echo a held token' });
    expect(heard).toEqual(['a real token']);
    line.open(2, `${url}/elsewhere`);
    await tells('line.closed', { line: 2, code: 1006 });
  });

  it('says 1006 when nobody answers', async () => {
    server.close();
    await once(server, 'close');
    line.open(1, url);
    await tells('line.closed', { line: 1, code: 1006 });
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
  });

  it('says 1006 at once for an address that is not on this machine', () => {
    line.open(1, 'ws://192.0.2.1:7800');
    expect(told).toEqual([['line.closed', { line: 1, code: 1006 }]]);
  });

  it('is one: a new line ends the older one, and takes no frames for it', async () => {
    line.open(1, url);
    await tells('line.opened', { line: 1 });
    line.open(2, url);
    await tells('line.opened', { line: 2 });
    line.send(1, 'late');
    line.send(2, 'now');
    await tells('line.frame', { line: 2, frame: 'echo now' });
    expect(told.filter(([name]) => name !== 'line.opened')).toEqual([
      ['line.closed', { line: 1, code: 1000 }],
      ['line.frame', { line: 2, frame: 'echo now' }],
    ]);
    await vi.waitFor(() => expect(server.clients.size).toBe(1));
  });

  it('closes when the page says so, once', async () => {
    line.open(1, url);
    await tells('line.opened', { line: 1 });
    line.close(1);
    line.close(1);
    await vi.waitFor(() => expect(told.filter(([name]) => name === 'line.closed')).toHaveLength(1));
  });

  it('is dropped without a word when the page is gone', async () => {
    line.open(1, url);
    await tells('line.opened', { line: 1 });
    line.drop();
    await vi.waitFor(() => expect(server.clients.size).toBe(0));
    expect(told).toEqual([['line.opened', { line: 1 }]]);
  });
});
