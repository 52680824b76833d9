import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Address of the API behind `npm run web`. */
const api = process.env.API_URL ?? 'http://localhost:4000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    outDir: '../build/web-app',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // The Content-Security-Policy allows no data: scripts or styles and no inline polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // In kB, for the charts, which load where one is shown; tests hold the size of each page when compressed.
    chunkSizeWarningLimit: 1_200,
  },
  experimental: {
    // Chunks name one another relatively, so that the app works below any path; the server rewrites index.html.
    renderBuiltUrl: (_file, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
  server: {
    port: 4001,
    proxy: {
      '/graphql': { target: api, ws: true },
      '/session': { target: api },
      '/media': { target: api },
    },
  },
});
