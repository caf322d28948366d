// @vitest-environment happy-dom
import { Notifications } from '@mantine/notifications';
import { act } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppProvider } from '../../renderer/workstation/lifecycle/app-context';
import { type App, createApp } from '../../renderer/workstation/lifecycle/app-store';
import { createPageStorage, type PageStorage } from '../../renderer/workstation/services/page-storage';
import type { Services } from '../../renderer/workstation/services/services';
import { ClosedScreen } from '../../renderer/workstation/shell/ClosedScreen';
import type { Profile } from '../../shared/desktop-api';
import { createFakeTransfer } from '../client/fake-transfer';
import { countingRandom, FakeTransport, HandClock } from '../client/wire';
import { Stage } from './stage';

const profile: Profile = { mode: 'host', agentUrl: 'ws://127.0.0.1:1/ws', deviceId: 'd1', token: 't'.repeat(20) };

let transport: FakeTransport;
let clock: HandClock;
let storage: PageStorage;
let problem: Error | null;
/** What the page hears of the desktop, and what the desktop says of its hub. */
let listeners: Map<string, () => void>;
let hosting: object;
let app: App;
let stage: Stage;

beforeEach(async () => {
  transport = new FakeTransport();
  clock = new HandClock();
  storage = createPageStorage(null);
  problem = null;
  listeners = new Map();
  hosting = { state: 'running', agentUrl: profile.agentUrl };
  const call = async (name: string, value: Profile | null) => {
    if (value === null && problem) throw problem;
    if (name === 'hub.state') return hosting;
    return name === 'profile.read' ? profile : undefined;
  };
  app = createApp({
    desktop: { call, on: (name: string, heard: () => void) => listeners.set(name, heard) },
    transport,
    createTransfer: () => createFakeTransfer(),
    clock,
    random: countingRandom(),
    storage,
    deviceLabel: 'test',
    foreground: { isInFront: () => true, subscribe: () => () => {} },
  } as unknown as Services);
  await app.enter(profile);
  stage = new Stage(
    <AppProvider app={app}>
      <Notifications />
      <ClosedScreen reason="tokenRevoked" />
    </AppProvider>,
  );
});
afterEach(() => stage.close());

const signOut = async () => {
  stage.press('Sign in again');
  await act(async () => {
    await Promise.resolve();
  });
};

it('leads to the sign-in; the hub ends this device, the line is closed, and nothing typed is kept', async () => {
  transport.line.welcome({ agentId: 'me', role: 'agent', token: null, customerUrl: '', serverTime: 0 });
  const now = app.store.getState();
  if (now.phase !== 'work') throw new Error('not at work');
  now.session.drafts.reply.write('conversation-1', 'half an answer');
  expect(storage.read('drafts')).toContain('half an answer');
  storage.write('theme', 'dark');
  await signOut();
  const asked = transport.line.sent.find((frame) => frame.op === 'device.revoke');
  expect(asked).toMatchObject({ deviceId: 'd1' });
  expect(app.store.getState().phase).toBe('work');
  transport.line.receive({ type: 'ack', cid: asked?.cid, seq: 12 });
  await act(async () => {
    await Promise.resolve();
  });
  expect([storage.read('drafts'), storage.read('theme')]).toEqual([null, 'dark']);
  expect(app.store.getState()).toMatchObject({ phase: 'signIn', mode: 'host' });
  expect(transport.line.closedByClient).toBe(true);
});

it('a hub that does not answer keeps nobody signed in', async () => {
  transport.line.welcome({ agentId: 'me', role: 'agent', token: null, customerUrl: '', serverTime: 0 });
  await signOut();
  expect(app.store.getState().phase).toBe('work');
  await act(async () => clock.move(3_000));
  expect(app.store.getState()).toMatchObject({ phase: 'signIn' });
});

it('that the machine can’t remember changes nothing and says why', async () => {
  problem = new Error('EROFS: read-only file system');
  await signOut();
  expect(app.store.getState().phase).toBe('work');
  expect(transport.line.closedByClient).toBe(false);
  expect(document.body.textContent).toContain('You are still signed in');
  expect(document.body.textContent).toContain('EROFS');
});

it('a hub in this app that has closed by itself leads to the screen that says what can be done', async () => {
  const damage = { file: 'journal/000001.jsonl', line: 17, why: 'record 16 can’t be replayed', choices: [] };
  hosting = { state: 'failed', code: 'damaged', message: 'It is damaged.', damage };
  await act(async () => listeners.get('hub.ended')?.());
  expect(app.store.getState()).toEqual({ phase: 'hubFailed', message: 'It is damaged.', damage });
  expect(transport.line.closedByClient).toBe(true);
});

it('who works at another hub goes on when the one in this app has closed', async () => {
  await app.enter({ ...profile, mode: 'join' });
  hosting = { state: 'failed', code: 'damaged', message: 'It is damaged.', damage: null };
  await act(async () => listeners.get('hub.ended')?.());
  expect(app.store.getState().phase).toBe('work');
});
