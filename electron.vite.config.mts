import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Everything is bundled, so that a packaged app needs no node_modules (and lowdb, an ES module, works in CommonJS).
// The targets are those of the oldest Electron that the tests run on.
// `scripts/lib/notices.mjs` reads what each part contains.
const license = { fileName: '.vite/licenses.json' };
const node = { target: 'node18', externalizeDeps: false, reportCompressedSize: false, license } as const;

export default defineConfig({
  main: {
    define: { __FOYER_STARTS_ITSELF__: 'true' },
    build: {
      ...node,
      outDir: 'out/main',
      rolldownOptions: {
        input: { index: 'main/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      ...node,
      outDir: 'out/preload',
      rolldownOptions: {
        input: { preload: 'main/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: 'renderer/workstation',
    // Relative, because the same files are served over app:// and over the hub's http.
    base: './',
    plugins: [react()],
    build: {
      target: 'chrome114',
      outDir: 'out/renderer',
      // Read at every start of the window.
      minify: true,
      reportCompressedSize: false,
      license,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: { index: 'renderer/workstation/index.html', cards: 'renderer/workstation/cards.html' },
      },
    },
  },
});
