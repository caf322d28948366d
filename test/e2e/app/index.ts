import { openLogFile } from '../../../main/desktop/log-file';
import { type Discovery, openDiscovery } from '../../../main/hub/listen/discovery';
import { startApp } from '../../../main/index';
import { createNappingClock } from '../../support/napping-clock';
import { hubsWithClock } from './hubs';
import type { TestHooks } from './test-hooks';

/** Set where the test has a network of its own; elsewhere nothing leaves this machine. */
const lanHost = process.env.FOYER_TEST_LAN_HOST ?? null;
const noDiscovery: Pick<Discovery, 'browse'> = { browse: () => () => {} };

/** By how much this machine's date is ahead. */
const aheadMs = 1_000 * Number(process.env.FOYER_TEST_AHEAD_SECONDS ?? 0);

/** A hub keeps its ports over restarts: of its own, and below those that the system hands out to anybody meanwhile. */
const firstPort = 10_000 + (process.pid % 7_000) * 3;

/** The app as it is, but for a clock that tests move and notifications that they can see. */
function startForTests(): void {
  const clock = createNappingClock(Date.now() + aheadMs);
  const { forkHub, move } = hubsWithClock(clock);
  const notifications: TestHooks['notifications'] = [];
  const hooks: TestHooks = {
    advance: (byMs) => move('advance', byMs),
    nap: (byMs) => move('nap', byMs),
    now: () => clock.now(),
    notifications,
    backup: null,
    quitQuestions: [],
    resets: false,
  };
  globalThis.foyerTest = hooks;
  startApp({
    clock,
    forkHub,
    userData: process.env.FOYER_TEST_FOLDER ?? null,
    hubPorts: {
      agent: firstPort,
      customer: firstPort + 1,
      lan: { host: lanHost ?? '127.0.0.1', port: firstPort + 2 },
    },
    openDiscovery: lanHost === null ? () => noDiscovery : openDiscovery,
    openLog: openLogFile,
    pickBackup: async () => hooks.backup,
    // As with the pinned Electron, unless a test says otherwise.
    isOutdated: process.env.FOYER_TEST_OUTDATED === 'yes',
    confirmLink: async () => false,
    confirmReset: async () => hooks.resets,
    confirmReload: async () => false,
    async confirmQuit({ body }) {
      hooks.quitQuestions.push(body);
      return false;
    },
    notify({ title, body, clicked }) {
      const entry = { title, body, open: true, click: clicked };
      notifications.push(entry);
      return {
        close() {
          entry.open = false;
        },
      };
    },
  });
}

startForTests();
