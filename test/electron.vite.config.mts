import { defineConfig } from 'electron-vite';

// The app as the end-to-end tests start it: the same code behind an entry that hands it a clock moved by hand.
export default defineConfig({
  main: {
    define: { __FOYER_STARTS_ITSELF__: 'false' },
    build: {
      target: 'node18',
      externalizeDeps: false,
      reportCompressedSize: false,
      outDir: 'out/e2e',
      rolldownOptions: {
        input: { app: 'test/e2e/app/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
});
