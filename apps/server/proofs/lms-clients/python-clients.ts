import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from '../shared/observe.js'
import type { Settings } from './v2-client.js'

const plugin = 'openedx-badges'
const clients = ['badgrclient==0.1.2', 'badgr-lite==1.0.2']

/** Two libraries that others wrote for Badgr, as they are; the second knows only one server and is turned to ours. */
const program = `
import base64, json, sys
import requests
from badgrclient import BadgrClient, BadgeClass, Issuer, Assertion

given = json.load(open(sys.argv[1]))
base = given['base']
client = BadgrClient(given['username'], given['password'], 'public', base_url=base)
issuers = [one.entityId for one in client.fetch_issuer()]
assert given['issuer'] in issuers, issuers
badge = BadgeClass(client).create(
    'From a library', given['image'], 'Made by badgrclient.', given['issuer'],
    criteria_text='Use it.', tags=['library'])
assertion = badge.issue('library@learners.example', narrative='By a library.',
    evidence=[{'url': 'https://lms.example/e', 'narrative': 'It ran.'}], notify=False)
assertion.fetch()
assert assertion.data['recipient']['plaintextIdentity'] == 'library@learners.example'
badge.data['description'] = 'Changed by badgrclient.'
try:
    badge.update()
except TypeError:
    badge.fetch()  # its update reads back by a call that it does not have
assert badge.data['description'] == 'Changed by badgrclient.'
found = badge.fetch_assertions(recipient='library@learners.example')
assert [one.entityId for one in found] == [assertion.entityId]
print('badgrclient made a class, awarded it, read it back and changed it')

import badgr_lite.models as lite

class Turned:
    def get(self, url, **more):
        return requests.get(url.replace('https://api.badgr.io', base), **more)
    def post(self, url, **more):
        return requests.post(url.replace('https://api.badgr.io', base), **more)

lite.requests = Turned()
token = requests.post(base + '/o/token',
    data={'username': given['username'], 'password': given['password']}).json()
token['access_token'] = 'ended'
json.dump(token, open(sys.argv[2], 'w'))
badgr = lite.BadgrLite(token_filename=sys.argv[2])
assert badge.entityId in [one.entity_id for one in badgr.badges]
one = badgr.award_badge(badge.entityId, {'recipient': {'identity': 'lite@learners.example'},
    'evidence': [{'url': None}]})
print('badgr-lite renewed an ended token, listed the classes and awarded ' + one.entity_id)
`

/** Drives what PyPI has; says so where it has nothing, or does not answer. Answers how many were driven. */
export async function driveClientsOfPyPI(settings: Settings, image: Buffer): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'rosette-proof-'))
  try {
    await sayOfPlugin(folder)
    const target = join(folder, 'packages')
    const pip = ['-m', 'pip', 'install', '--quiet', '--target', target, ...clients]
    const installed = await run('python3', pip, { folder })
    if (installed.code !== 0) {
      say('  python3 or PyPI does not answer here: no library of others was driven')
      return 0
    }
    const uri = `data:image/png;base64,${image.toString('base64')}`
    await writeFile(join(folder, 'given.json'), JSON.stringify({ ...settings, image: uri }))
    await writeFile(join(folder, 'program.py'), program)
    const files = ['program.py', 'given.json', 'token.json'].map((name) => join(folder, name))
    const driven = await run('python3', files, { folder, env: { PYTHONPATH: target } })
    if (driven.code !== 0) throw new Error(`A library of others failed:\n${driven.output}`)
    const lines = driven.output.trim().split('\n')
    for (const line of lines) say(`  ${line}`)
    return lines.length
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function sayOfPlugin(folder: string): Promise<void> {
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '-d',
    join(folder, 'plugin'),
    plugin,
  ]
  const { code } = await run('python3', pip, { folder })
  say(
    code === 0
      ? `  ${plugin} is on PyPI; it needs an LMS around it, so its requests are replayed above`
      : `  ${plugin} cannot be had from PyPI here, so its requests are replayed above`,
  )
}

async function run(
  command: string,
  args: readonly string[],
  {
    folder,
    env = {},
  }: { readonly folder: string; readonly env?: Readonly<Record<string, string>> },
): Promise<{ readonly code: number | null; readonly output: string }> {
  return await new Promise((resolve) => {
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env } })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', () => resolve({ code: null, output }))
    child.on('close', (code) => resolve({ code, output }))
  })
}
