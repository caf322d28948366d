import { defineConfig } from 'vite';

// The customer's page stands alone: no React, nothing of the workstation.
export default defineConfig({
  root: 'renderer/customer',
  base: './',
  build: {
    target: ['chrome109', 'safari15.4', 'firefox115'],
    outDir: '../../out/customer',
    emptyOutDir: true,
    reportCompressedSize: false,
    // There is one chunk, so there is nothing to preload.
    modulePreload: { polyfill: false },
    license: { fileName: '.vite/licenses.json' },
  },
});
