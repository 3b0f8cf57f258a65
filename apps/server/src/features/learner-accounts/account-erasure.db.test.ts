import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aPerson, aSignedIn } from '../../testing/person.js'
import { anEarned, anImported, proveMail } from '../../testing/sample-backpack.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

async function aPicture(): Promise<string> {
  const values = {
    media_type: 'image/png',
    content: Buffer.from('x'),
    sha256: Buffer.alloc(32),
  } as const
  const image = app.db.insertInto('image').values(values).returning('id')
  return (await image.executeTakeFirstOrThrow()).id
}

type Person = Awaited<ReturnType<typeof aSignedIn>>
const erase = (person: Person, email = person.user.email) => person.post('me/erasure', { email })
const isThere = async ({ user }: Person) =>
  (await app.db.selectFrom('app_user').select('id').where('id', '=', user.id).execute()).length ===
  1

describe('erasing one’s own account', () => {
  it('takes what was kept for it, and leaves the awards with those who gave them', async () => {
    const person = await aSignedIn(app, api.server)
    const { id, email } = person.user
    await proveMail(app, id)
    const { awardId } = await anEarned(app, { email, name: 'Ada' })
    const entryId = await anImported(app, id)
    const picture_id = await aPicture()
    await app.db
      .updateTable('backpack_entry')
      .set({ picture_id })
      .where('id', '=', entryId)
      .execute()
    await person.patch('profile', { name: 'Ada Lovelace' })
    const again = {
      user_id: id,
      email: 'second@learners.example',
      proven_at: '2026-01-01T00:00:00Z',
    }
    await app.db.insertInto('user_address').values(again).execute()
    const answer = await erase(person, ` ${email.toUpperCase()} `)
    expect(answer.status, JSON.stringify(answer.body)).toBe(204)
    expect((await person.get('session')).status).toBe(401)
    expect(await isThere(person)).toBe(false)
    for (const table of ['backpack_entry', 'user_address', 'session'] as const) {
      const rows = app.db.selectFrom(table).select('id').where('user_id', '=', id)
      expect(await rows.execute()).toEqual([])
    }
    const pictures = app.db.selectFrom('image').select('id').where('id', '=', picture_id)
    expect(await pictures.execute()).toEqual([])
    expect((await api.get(`awards/${awardId}`)).body.status).toBe('awarded')
    const audit = await api.get(`audit-log?subject=user/${id}`)
    const text = JSON.stringify(audit.body.items.map(({ detail }: { detail: object }) => detail))
    expect(text).not.toContain('Ada')
    expect(audit.body.items[0]).toMatchObject({ action: 'user.erase' })
  })

  it('needs the address typed again, and a person', async () => {
    const person = await aSignedIn(app, api.server)
    expect((await erase(person, 'somebody@else.example')).body.code).toBe('conflict')
    expect((await person.post('me/erasure', {})).status).toBe(400)
    expect((await api.post('me/erasure', { email: person.user.email })).body.code).toBe(
      'not-signed-in',
    )
    expect(await isThere(person)).toBe(true)
  })

  it('is refused to the only owner of an organization, also when both owners go at once', async () => {
    for (let n = 0; n < 3; n += 1) {
      const { id } = (await api.post('organizations', { name: `Arts ${n}` })).body
      const roles = { [id]: 'owner' } as const
      const [one, two] = [
        await aSignedIn(app, api.server, { roles }),
        await aSignedIn(app, api.server, { roles }),
      ]
      const answers = await Promise.all([erase(one), erase(two)])
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
      const refused = answers.find(({ status }) => status === 409)
      expect(refused?.body.code).toBe('last-owner')
      expect(refused?.body.title).toContain(`Arts ${n}`)
    }
  })

  it('is refused to the last administrator', async () => {
    const last = await aSignedIn(app, api.server, { isAdministrator: true })
    expect((await erase(last)).body.code).toBe('conflict')
    await aPerson(app, { isAdministrator: true })
    expect((await erase(last)).status).toBe(204)
  })
})

describe('without a mail server', () => {
  it('no link is sent, and who asks is told so', async () => {
    const person = await aSignedIn(app, api.server)
    const email = 'more@learners.example'
    expect((await person.post('me/addresses', { email })).body.code).toBe('mail-missing')
    const again = await person.post(`me/addresses/${person.user.id}/link`)
    expect(again.body.code).toBe('mail-missing')
    const asked = await person.post('sign-in-links', { email })
    expect(asked).toMatchObject({ status: 202, body: { hasMail: false } })
    expect((await person.get('sign-in-options')).body.mailLink).toBe(false)
  })
})
