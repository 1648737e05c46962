/** The build of the web application: one page, chunks by route, icons taken one by one from the national set, everything compressed beforehand. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const require = createRequire(import.meta.url);
const italia = dirname(require.resolve('bootstrap-italia/package.json'));
const ICONS = 'virtual:icons';

/** The symbols of the icons that components name, as one module: the whole set is ten times as large. */
function icons(names: readonly string[]): Plugin {
  return {
    name: 'sipop-icons',
    resolveId: (id) => (id === ICONS ? `\0${ICONS}` : null),
    load(id) {
      if (id !== `\0${ICONS}`) return null;
      const sprite = readFileSync(join(italia, 'dist/svg/sprites.svg'), 'utf8');
      const paths = Object.fromEntries(
        names.map((name) => {
          const symbol = new RegExp(`<symbol[^>]*id="it-${name}"[^>]*>([\\s\\S]*?)</symbol>`).exec(sprite);
          if (symbol === null) throw new Error(`no icon ${name}`);
          return [name, [...(symbol[1] ?? '').matchAll(/<path[^>]*\sd="([^"]+)"/g)].map(([, d]) => d)];
        }),
      );
      return `export default ${JSON.stringify(paths)};`;
    },
  };
}

/** Writes .br and .gz beside each file: the server compresses nothing. */
function compressed(): Plugin {
  return {
    name: 'sipop-compressed',
    writeBundle({ dir = '' }) {
      const folder = join(dir, 'assets');
      for (const name of readdirSync(folder)) {
        if (!/\.(?:js|css|svg)$/.test(name)) continue;
        const bytes = readFileSync(join(folder, name));
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, quality));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

const names = readFileSync(join(import.meta.dirname, 'components/icon-names.ts'), 'utf8');

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), icons([...names.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name ?? '')), compressed()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: [join(italia, 'src/scss')],
        quietDeps: true,
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
      },
    },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8443', '/status': 'http://127.0.0.1:8443' } },
});
