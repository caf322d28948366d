import { join } from 'node:path';
import type { Page } from 'playwright';
import { type Desktop, launchDesktop, playwrightLoader, testApp } from '../../support/electron';
import { bundleFolder } from '../load/server-process';
import { watchPainted } from './painted';

export const bareWindow = join(bundleFolder, 'bare-window.cjs');

/** A desktop whose page reports its paints. */
export async function openDesktop(folder: string): Promise<Desktop> {
  const desktop = await launchDesktop({ folder });
  await desktop.page.evaluate(watchPainted);
  return desktop;
}

/** An empty window on the same binary, with no other difference. */
export async function openBareWindow(folder: string, socketUrl = ''): Promise<Desktop> {
  const window = await launchDesktop({
    folder,
    env: { FOYER_BENCH_SOCKET: socketUrl },
    executable: { path: testApp().path, args: ['-r', playwrightLoader, bareWindow] },
  });
  await window.page.evaluate(watchPainted);
  return window;
}

/** Waits in a page for an element to be painted; resolves once the page is watching. */
export async function watch(page: Page, selector: string): Promise<{ paintedAtMs: Promise<number> }> {
  const paintedAtMs = page.evaluate((each) => globalThis.foyerPainted.shown(each), selector);
  // Answered only after the previous request has been received.
  await page.evaluate(() => null);
  return { paintedAtMs };
}
