import { app } from 'electron';
import { watchPainted } from './painted';

/** What an app that was started with this file before its own says of its first window, as one line. */
export interface FirstWindow {
  /** Both in Unix milliseconds: with anything drawn in it, and with the element that was asked for. */
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
