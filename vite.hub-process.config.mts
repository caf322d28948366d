import { defineConfig } from 'vite';

// The process of the hub, apart from the app's: bundled together, it would load parts of the app, and electron with them.
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: 'main/hub-process.ts',
    target: 'node18',
    outDir: 'out/hub-process',
    emptyOutDir: true,
    copyPublicDir: false,
    reportCompressedSize: false,
    license: { fileName: '.vite/licenses.json' },
    rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].js', codeSplitting: false } },
  },
});
