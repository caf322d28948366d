import { app } from 'electron';
import { watchPainted } from './painted';

/** The line that an app preloaded with this file prints about its first window. */
export interface FirstWindow {
  /** Unix milliseconds of the first paint, and of the paint with the requested element. */
  paintedAtMs: number;
  readyAtMs: number;
}

const firstPaint = `new Promise((resolve) =>
  new PerformanceObserver((list) => resolve(performance.timeOrigin + list.getEntries()[0].startTime))
    .observe({ type: 'paint', buffered: true }))`;

app.once('browser-window-created', (_event, window) => {
  const shown = window.isVisible()
    ? Promise.resolve(0)
    : new Promise<number>((resolve) => window.once('show', () => resolve(Date.now())));
  window.webContents.once('dom-ready', async () => {
    const run = (code: string): Promise<number> => window.webContents.executeJavaScript(code);
    await run(`(${watchPainted})()`);
    const selector = JSON.stringify(process.env.FOYER_BENCH_SELECTOR ?? 'body');
    const [ready, painted] = await Promise.all([run(`foyerPainted.shown(${selector})`), run(firstPaint)]);
    const first: FirstWindow = { paintedAtMs: Math.max(painted, await shown), readyAtMs: ready };
    process.stdout.write(`${JSON.stringify(first)}\n`);
    app.quit();
  });
});
