import { defineConfig } from 'vite';

// The script that shops embed: one file beside the customers' page, with nothing to load after it but that page.
export default defineConfig({
  root: 'renderer/widget',
  build: {
    target: ['chrome109', 'safari16.4', 'firefox115'],
    outDir: '../../out/customer',
    // It goes in beside the customers' page.
    emptyOutDir: false,
    reportCompressedSize: false,
    lib: { entry: 'main.ts', formats: ['iife'], name: 'none', fileName: () => 'widget.js' },
  },
});
