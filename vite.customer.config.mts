import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Beside each file a smaller one, for the hub to send: .br and .gz. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!/\.(js|css|svg|html)$/.test(fileName)) continue;
        const plain = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const smaller = { '.br': brotliCompressSync(plain), '.gz': gzipSync(plain, { level: 9 }) };
        for (const [suffix, source] of Object.entries(smaller))
          if (source.length < plain.length) this.emitFile({ type: 'asset', fileName: `${fileName}${suffix}`, source });
      }
    },
  };
}

// The customer's page stands alone: no React, nothing of the workstation.
export default defineConfig({
  root: 'renderer/customer',
  base: './',
  plugins: [compressed()],
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
