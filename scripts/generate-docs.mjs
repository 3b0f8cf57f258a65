// npm run docs:generate: writes docs/reference from the code; with --check it only tells what is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { libraryPage } from './library-page.mjs'
import { build, ensureInstalled } from './prepare.mjs'
import { root, run } from './run-command.mjs'

const checking = process.argv.includes('--check')
if (!checking) {
  await ensureInstalled()
  await build()
}

const pages = {
  'settings.md': await settingsPage(),
  'commands.md': await commandsPage(),
  'api.md': await apiPage(),
  'open-badges.md': await libraryPage('open-badges'),
}
const stale = Object.entries(pages).filter(([name, text]) => textOf(name) !== text)
for (const [name, text] of stale) {
  if (checking) console.log(`docs/reference/${name} is stale: run npm run docs:generate.`)
  else writeFileSync(`${root}docs/reference/${name}`, text)
}
process.exitCode = checking && stale.length > 0 ? 1 : 0

function textOf(name) {
  try {
    return readFileSync(`${root}docs/reference/${name}`, 'utf8')
  } catch {
    return ''
  }
}

async function settingsPage() {
  const { settings } = await import(`${root}apps/server/dist/config/env.js`)
  const row = (s) => {
    const fallback = s.fallback === undefined || s.fallback === '' ? '' : `\`${s.fallback}\``
    return `| \`${s.name}\` | ${s.kind} | ${fallback} | ${s.about.replaceAll('|', '\\|')} |`
  }
  return [
    '# Settings',
    '',
    'Read from the file that `ROSETTE_CONFIG_FILE` names (YAML or JSON), then from the environment,',
    'which wins. Each may also come from a file: `NAME_FILE=/run/secrets/name`. `rosette check`',
    'tells every mistake at once.',
    '',
    '| name | kind | default | what it does |',
    '|---|---|---|---|',
    ...settings.map(row),
    '',
  ].join('\n')
}

async function commandsPage() {
  const overview = await rosette(['--help'])
  const names = [...overview.matchAll(/^ {2}([a-z][a-z-]+)(?= .*$)/gm)].map(([, name]) => name)
  const toPart = async (name) =>
    `## ${name}\n\n\`\`\`text\n${(await rosette([name, '--help'])).trimEnd()}\n\`\`\`\n`
  const parts = []
  // A few at a time: each is a process of its own.
  for (let rest = names.filter((n) => n !== 'help'); rest.length > 0; rest = rest.slice(4)) {
    parts.push(...(await Promise.all(rest.slice(0, 4).map(toPart))))
  }
  const note =
    'Run as `npx rosette <command>`. Exit codes: 0 done or yes, 1 a no, 2 cannot be done.'
  return `# Commands\n\n${note}\n\n${parts.join('\n')}`
}

async function apiPage() {
  const document = JSON.parse(await rosette(['openapi']))
  const rows = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { summary = '' } = operation
      return `| \`${method.toUpperCase()}\` | \`${path}\` | ${summary} | ${needOf(operation)} |`
    }),
  )
  const note = [
    'Sign in, or send a token as `Authorization: Bearer …`. The last column is the permission that is needed,',
    'in the organization that the request is about; where it is about none, the description of the route tells.',
    'What is outside of the reach of whoever asks answers as if it did not exist, and lists leave it out.',
    '',
    'The whole document, with every schema, is at `/api/openapi.json`; `/api/docs` lets you try it.',
    'Refusals are problem documents (`application/problem+json`) with a stable `code`.',
  ]
  return [
    '# HTTP API',
    '',
    ...note,
    '',
    '| method | path | what | needs |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function needOf({ security = [], 'x-permission': permission }) {
  if (permission !== undefined) return `\`${permission}\``
  return security.length === 0 ? 'nothing' : 'to be signed in'
}

async function rosette(args) {
  const { code, output } = await run(process.execPath, [
    `${root}apps/server/bin/rosette.mjs`,
    ...args,
  ])
  if (code !== 0) throw new Error(`rosette ${args.join(' ')}: ${output}`)
  return output
}
