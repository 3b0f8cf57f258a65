import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// Where `npm run dev:console` finds the server: the one that `npm start` started, unless it is said.
const server = process.env['ROSETTE_SERVER'] ?? 'http://localhost:8080'
const passedOn = ['/api', '/auth', '/public', '/credentials', '/issuers', '/verify', '/brand']

/** Dialogs, menus and hints of Mantine; the arrow of a choice is on pages without them, too. */
const above =
  '(FocusTrap|Menu|Modal|ModalBase|Popover|ScrollArea|Select|Tooltip|Combobox(?!.*Chevron))'
/** What every page is made of, the door too: nothing that opens above a page, nor what places it. */
const base = new RegExp(
  String.raw`node_modules/(?!@floating-ui|.*/components/${above}/)|/src/(lib/|components/(badge-picture|chips|go|mark|page|states|tell)\.)`,
)

/** Addresses are relative to the base of the page, which the server sets: an installation may lie below a path. */
export default defineConfig({
  base: './',
  plugins: [react(), based(), compressed()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    // What most pages share is one file: many small ones compress badly. What opens above a page is in another
    // than that which a door needs.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', test: base, minShareCount: 20, priority: 2 },
            { name: 'shared', minShareCount: 20, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: Object.fromEntries(passedOn.map((path) => [path, server])) },
})

/** While it is developed, too, a page knows by its base which part of the site it is. */
function based(): Plugin {
  return {
    name: 'based',
    apply: 'serve',
    transformIndexHtml: (html, { originalUrl = '' }) =>
      originalUrl.startsWith('/backpack') ? html.replace('"/console/"', '"/backpack/"') : html,
  }
}

/** Compresses each file once, when it is built, and not for everybody who asks for it. */
function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir, 'assets')
    },
    writeBundle() {
      for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const content = readFileSync(join(folder, name))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }))
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content))
      }
    },
  }
}
