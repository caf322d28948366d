import { defineConfig } from 'vite';

// The headless hub, apart from the app: bundled together, the one would load parts of the other, and electron with them.
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: 'main/hub/cli/cli.ts',
    target: 'node18',
    outDir: 'out/hub',
    emptyOutDir: true,
    copyPublicDir: false,
    reportCompressedSize: false,
    license: { fileName: '.vite/licenses.json' },
    rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].js', codeSplitting: false } },
  },
});
