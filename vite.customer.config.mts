import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Beside each file a smaller one, for the hub to send: .br and .gz. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    enforce: 'post',
    generateBundle: {
      // After Vite has written the imports into the chunks.
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!/\.(js|css|svg|html)$/.test(fileName)) continue;
          const plain = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          const smaller = { '.br': brotliCompressSync(plain), '.gz': gzipSync(plain, { level: 9 }) };
          for (const [suffix, source] of Object.entries(smaller))
            if (source.length < plain.length)
              this.emitFile({ type: 'asset', fileName: `${fileName}${suffix}`, source });
        }
      },
    },
  };
}

/** A language's texts need nothing preloaded: Vite's helper for that would be a twentieth of the page. */
function nothingPreloaded(): Plugin {
  return {
    name: 'nothing-preloaded',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}

// The customer's page stands alone: no React, nothing of the workstation.
export default defineConfig({
  root: 'renderer/customer',
  base: './',
  plugins: [nothingPreloaded(), compressed()],
  build: {
    target: ['chrome109', 'safari15.4', 'firefox115'],
    outDir: '../../out/customer',
    emptyOutDir: true,
    reportCompressedSize: false,
    modulePreload: false,
    license: { fileName: '.vite/licenses.json' },
  },
});
