import { randomBytes } from 'node:crypto';
import { openLogFile } from '../../../main/desktop/log-file';
import { startApp } from '../../../main/index';
import { createHandClock } from '../../support/hand-clock';
import type { TestHooks } from './test-hooks';

/** The app as it is, but for a clock that tests move and notifications that they can see. */
function startForTests(): void {
  const clock = createHandClock(Date.now());
  const notifications: TestHooks['notifications'] = [];
  const hooks: TestHooks = {
    advance: (byMs) => clock.advance(byMs),
    now: () => clock.now(),
    notifications,
    backup: null,
  };
  globalThis.foyerTest = hooks;
  startApp({
    clock,
    randomBytes,
    userData: process.env.FOYER_TEST_FOLDER ?? null,
    hubPorts: { agent: 0, customer: 0, lan: { host: '127.0.0.1', port: 0 } },
    openLog: openLogFile,
    pickBackup: async () => hooks.backup,
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
