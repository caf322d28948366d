import { defineConfig } from 'vite';

// The thread that owns the data folder's disk, for the app and the headless hub: in one file of its own, because built
// together with another entry it would load that one's parts, and start a second hub or Electron in the thread.
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: 'main/hub/store/store-worker.ts',
    target: 'node18',
    outDir: 'out/worker',
    emptyOutDir: true,
    copyPublicDir: false,
    reportCompressedSize: false,
    license: { fileName: '.vite/licenses.json' },
    rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].js', codeSplitting: false } },
  },
});
