// @vitest-environment happy-dom
import { Notifications } from '@mantine/notifications';
import { act } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppProvider } from '../../renderer/workstation/app/app-context';
import { type App, createApp } from '../../renderer/workstation/app/app-store';
import type { Services } from '../../renderer/workstation/app/services';
import { createKeep } from '../../renderer/workstation/session/keep';
import { ClosedScreen } from '../../renderer/workstation/shell/ClosedScreen';
import type { Profile } from '../../shared/desktop-api';
import { createFakeTransfer } from '../client/fake-transfer';
import { countingRandom, FakeTransport, HandClock } from '../client/wire';
import { Stage } from './stage';

const profile: Profile = { mode: 'host', agentUrl: 'ws://127.0.0.1:1/ws', deviceId: 'd1', token: 't'.repeat(20) };

let transport: FakeTransport;
let problem: Error | null;
let app: App;
let stage: Stage;

beforeEach(async () => {
  transport = new FakeTransport();
  problem = null;
  const call = async (_name: string, value: Profile | null) => {
    if (value === null && problem) throw problem;
  };
  app = createApp({
    desktop: { call },
    transport,
    createTransfer: () => createFakeTransfer(),
    clock: new HandClock(),
    random: countingRandom(),
    keep: createKeep(null),
    deviceLabel: 'test',
    front: { isInFront: () => true, subscribe: () => () => {} },
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

it('leads to the sign-in, and the line is closed', async () => {
  await signOut();
  expect(app.store.getState()).toMatchObject({ phase: 'signIn', mode: 'host' });
  expect(transport.line.closedByClient).toBe(true);
});

it('that the machine can’t remember changes nothing and says why', async () => {
  problem = new Error('EROFS: read-only file system');
  await signOut();
  expect(app.store.getState().phase).toBe('work');
  expect(transport.line.closedByClient).toBe(false);
  expect(document.body.textContent).toContain('You are still signed in');
  expect(document.body.textContent).toContain('EROFS');
});
