import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { ask, expect, type Json, Refused } from './lms-clients/ask.js'
import { driveClientsOfPyPI } from './lms-clients/python-clients.js'
import { openSite, picture } from './lms-clients/site.js'
import { openV1Client } from './lms-clients/v1-client.js'
import { type LmsClass, openV2Client } from './lms-clients/v2-client.js'
import { say } from './shared/observe.js'

const mostCharacters = 200
const mailWithinMs = 120_000

const site = await openSite()
const settings = { ...site, notify: false }
const awarded: Json[] = []

try {
  say(`Rosette at ${site.base}, issuer ${site.issuer}, asked by three generations of Open edX`)
  await withEmptySlug()
  await secondClass()
  await nullEvidence()
  await textCriteria()
  await refreshTwice()
  await firstGeneration()
  await plugin()
  await shortAddresses()
  await notified()
  const driven = await driveClientsOfPyPI(settings, picture)
  say(
    `proved: points (a) to (i) hold for the clients of the LMS of 2015, of the last LMS with badges, and of the plugin, ` +
      `over HTTP; ${awarded.length} badges have a page, a signed badge and a picture that carries it` +
      (driven > 0 ? `; ${driven} libraries of others work unchanged` : ''),
  )
} finally {
  await site.close()
}

function aClass(name: string, criteria = 'https://lms.example/courses/1/about'): LmsClass {
  const description = `Completed the course "${name}" (honor, 2026-01-01 - 2026-06-30)`
  return { name, criteria, description, image: picture, badgrServerSlug: '' }
}

async function withEmptySlug(): Promise<void> {
  const worker = openV2Client(settings)
  const { status } = await ask('GET', `${site.base}/v2/badgeclasses/`, {
    headers: await worker.headers(),
  })
  expect(status === 404, `GET /v2/badgeclasses/ answers ${status}`)
  const badge = aClass('Empty slug')
  const assertion = await worker.award(badge, 'ada@learners.example', 'https://lms.example/c/1')
  expect(/^[\w-]{22}$/.test(badge.badgrServerSlug), 'the class has an id')
  expect(assertion.issuer === site.issuer, 'the award names its issuer')
  await assertPublic(assertion, 'ada@learners.example')
  const restarted = openV2Client(settings)
  await restarted.award(badge, 'bob@learners.example', 'https://lms.example/c/2')
  expect(restarted.seen.includes(badge.badgrServerSlug), 'the class is found again')
  say(`(a) an empty slug: GET /v2/badgeclasses/ is ${status}, the class is made and awarded`)
}

async function secondClass(): Promise<void> {
  const worker = openV2Client(settings)
  await worker.award(aClass('First'), 'ada@learners.example', 'https://lms.example/c/1')
  const second = aClass('Second')
  const refused = await worker
    .award(second, 'ada@learners.example', 'https://lms.example/c/1')
    .then(
      () => undefined,
      (error: unknown) => error,
    )
  const status = refused instanceof Refused ? refused.status : 0
  expect(status === 404, `a post to //assertions is answered by ${status}`)
  const made = aClass('Second')
  await openV2Client(settings).award(made, 'cy@learners.example', 'https://lms.example/c/1')
  second.badgrServerSlug = made.badgrServerSlug
  await worker.award(second, 'ada@learners.example', 'https://lms.example/c/1')
  say(
    `(b) a second class in one process: //assertions is ${status}; with the id entered it is awarded`,
  )
}

async function nullEvidence(): Promise<void> {
  const worker = openV2Client(settings)
  const assertion = await worker.award(aClass('Event'), 'ada@learners.example', null)
  expect(assertion.evidence.length === 0, 'evidence without an address is left out')
  await assertPublic(assertion, 'ada@learners.example')
  say('(c) evidence [{"url": null}] is left out, and the badge is awarded')
}

async function textCriteria(): Promise<void> {
  const criteria = 'Enroll in 3 courses, and complete the onboarding.'
  const worker = openV2Client(settings)
  const badge = aClass('Text criteria', criteria)
  await worker.award(badge, 'ada@learners.example', null)
  const url = `${site.base}/v2/badgeclasses/${badge.badgrServerSlug}`
  const { json } = await ask('GET', url, { headers: await worker.headers() })
  expect(json.result[0].criteriaNarrative === criteria, 'the sentence is the criteria')
  const headers = { accept: 'application/json' }
  const { json: open } = await ask('GET', json.result[0].openBadgeId, { headers })
  expect(open.criteria.narrative === criteria, 'the public badge class says it')
  say('(d) criteriaUrl may be a sentence: it is kept as words')
}

async function refreshTwice(): Promise<void> {
  const worker = openV2Client(settings)
  const { refresh } = await worker.signIn()
  const [one, other] = await Promise.all([worker.refresh(refresh), worker.refresh(refresh)])
  const later = await worker.refresh(refresh)
  for (const { access } of [one, other, later]) {
    const headers = { authorization: `Bearer ${access}` }
    const { status } = await ask('GET', `${site.base}/v2/issuers`, { headers })
    expect(status === 200, `a token that was renewed is answered by ${status}`)
  }
  expect(one.expiresIn === 86_400, 'access lasts a day')
  say('(e) one refresh token, three times, two at once, without a client: all three are good')
}

async function firstGeneration(): Promise<void> {
  const text = 'test_component' + 'test_slug' + 'course-v1:edX+course_test+test_run'
  const slug = createHash('sha256').update(text).digest('hex')
  const words = { name: 'Of 2015', description: 'd', criteria: 'https://lms.example/about' }
  const badge = { slug, image: picture, ...words }
  const made: number[] = []
  for (const scheme of ['Token', 'Bearer'] as const) {
    const worker = openV1Client({ ...site, scheme })
    const email = `${scheme.toLowerCase()}@learners.example`
    const assertion = await worker.award(badge, email, 'https://lms.example/c/1')
    expect(typeof assertion.image === 'string' && typeof assertion.issuer === 'string', 'v1 answer')
    await assertPublic({ ...assertion, openBadgeId: assertion.json.id }, email)
    await worker.award(badge, `no-evidence-${email}`, null)
    made.push(worker.created())
  }
  expect(made.join() === '1,0', `the class was made ${made.join(' and ')} times`)
  say(`(f) slug ${slug.slice(0, 12)}… of the LMS: made under Token, found again under Bearer`)
}

async function plugin(): Promise<void> {
  const worker = openV2Client(settings, { isPlugin: true })
  const badge = aClass('Plugin')
  const email = 'plugin@learners.example'
  const assertion = await worker.award(badge, email, 'https://lms.example/c/1')
  await worker.award(badge, 'none@learners.example', null)
  await worker.award(aClass('Plugin, second'), email, null)
  await assertPublic(assertion, email)
  const stored = `${assertion.openBadgeId}?identity__email=${encodeURIComponent(email)}`
  const { status } = await ask('GET', stored, { headers: { accept: 'application/json' } })
  expect(status === 200, `the address that the plugin stores is answered by ${status}`)
  const { refresh } = await worker.signIn()
  await worker.refresh(refresh)
  say('(g) client_id=public without a scope makes classes and awards; the stored address is good')
}

async function shortAddresses(): Promise<void> {
  const addresses = awarded.flatMap(({ image, openBadgeId }) => [image, openBadgeId])
  const longest = Math.max(...addresses.map((one: string) => one.length))
  expect(longest <= mostCharacters, `an address has ${longest} characters`)
  say(
    `(h) the longest of ${addresses.length} addresses has ${longest} characters; ${mostCharacters} are the most`,
  )
}

async function notified(): Promise<void> {
  const to = 'mail@learners.example'
  const before = site.mail.mails.length
  const silent = openV2Client(settings)
  const badge = aClass('With a letter')
  await silent.award(badge, 'silent@learners.example', null)
  const worker = openV2Client({ ...settings, notify: true })
  const assertion = await worker.award(badge, to, null)
  const until = Date.now() + mailWithinMs
  while (site.mail.mails.length === before) {
    site.server.assertRunning()
    if (Date.now() > until)
      throw new Error(`No letter in ${mailWithinMs} ms:\n${site.server.output()}`)
    await pause(100)
  }
  const [letter] = site.mail.mails.slice(before)
  expect(letter?.to.join() === to, `the letter went to ${letter?.to.join()}`)
  const text = `${letter?.subject} ${letter?.text}`
  expect(text.includes('With a letter'), 'the letter names the badge')
  await assertPublic(assertion, to)
  say(`(i) notify: true sends a letter ("${letter?.subject}"), and only then`)
}

/** The page, the document and the picture that every badge has. */
async function assertPublic(assertion: Json, email: string): Promise<void> {
  awarded.push(assertion)
  const { openBadgeId, image } = assertion
  const headers = { accept: 'application/json' }
  const { status, json } = await ask('GET', openBadgeId, { headers })
  expect(status === 200 && json.id === openBadgeId, `${openBadgeId} is answered by ${status}`)
  const { salt, identity } = json.recipient
  const hash = createHash('sha256').update(`${email}${salt}`).digest('hex')
  expect(identity === `sha256$${hash}`, `the badge is that of ${email}`)
  const page = await ask('GET', openBadgeId, { headers: { accept: 'text/html' } })
  expect(page.status === 200, `the page of ${openBadgeId} is answered by ${page.status}`)
  const baked = await followed(image)
  expect(baked.includes(Buffer.from('openbadge')), 'the picture carries the badge')
}

async function followed(url: string): Promise<Buffer> {
  const response = await fetch(url)
  expect(response.ok, `${url} is answered by ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}
