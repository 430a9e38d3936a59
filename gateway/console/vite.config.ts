// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// CONSOLE_OUT: where the pages go. CONSOLE_API: whom `npx vite` asks while one works on pages.
export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
  },
  build: {
    outDir: process.env.CONSOLE_OUT ?? '../../build/release/console/pages',
    emptyOutDir: true,
    target: 'chrome86',
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': process.env.CONSOLE_API ?? 'http://127.0.0.1:8700' } },
})
