import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let owner: Awaited<ReturnType<typeof anOrganization>>
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  owner = await anOrganization(api)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const framework = {
  name: 'Reads data',
  url: 'https://frameworks.example/items/7',
  code: 'D.7',
  framework: 'Data skills',
  type: 'CFItem',
}
const grade = { id: 'grade', name: 'Final grade', type: 'Percent', min: 0, max: 100 }
const letter = { id: 'letter', name: 'Letter', type: 'LetterGrade', allowedValues: ['C', 'B', 'A'] }
const achievement = {
  language: 'pt-BR',
  achievementType: 'Course',
  fieldOfStudy: 'Statistics',
  alignments: [framework],
  results: [grade, letter],
}

async function aTemplate(more: object = {}) {
  const rules = { requirements: [{ eventType: passingType }] }
  const answer = await api.post('badge-templates', { ...owner, name: 'Data', ...rules, ...more })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

let made = 0
async function anAwardWith(templateId: string, results: object[]) {
  made += 1
  const username = `result${made}`
  const email = `${username}@example.com`
  const learner = await api.post('learners', { username, email, name: 'L' })
  return await api.post(`badge-templates/${templateId}/awards`, {
    learnerId: learner.body.id,
    narrative: 'Worked hard.',
    results,
  })
}

describe('what a badge says beside its words', () => {
  it('is kept when a template is made, and changed in parts', async () => {
    const template = await aTemplate(achievement)
    expect(template).toMatchObject(achievement)
    const changed = await api.patch(`badge-templates/${template.id}`, {
      language: null,
      alignments: [],
    })
    expect(changed.body).toMatchObject({ ...achievement, language: null, alignments: [] })
  })

  it.each([
    ['language', 'german', 'language', /such as en/],
    ['achievementType', 'Trophy', 'achievementType', /ext:/],
    ['alignments', [{ name: 'x', url: 'javascript:alert(1)' }], 'alignments.0.url', /web address/],
    ['results', [{ ...grade, min: 100, max: 0 }], 'results.0.max', /min must be less/],
    ['results', [{ ...letter, min: 1 }], 'results.0.allowedValues', /either/],
    ['results', [{ ...letter, requiredValue: 'F' }], 'results.0.requiredValue', /allowed value/],
    ['results', [grade, grade], 'results', /once/],
  ])('is refused when %s is %j', async (...[member, value, path, reason]) => {
    const rules = { requirements: [{ eventType: passingType }] }
    const given = { ...owner, name: 'Wrong', ...rules, [member]: value }
    const answer = await api.post('badge-templates', given)
    expect(answer.status).toBe(400)
    expect(answer.body.faults).toContainEqual({ path, reason: expect.stringMatching(reason) })
  })

  it('goes along in the file of a template, and comes back', async () => {
    const { id } = await aTemplate(achievement)
    const file = (await api.get(`badge-templates/${id}/file`)).body
    expect(file).toMatchObject(achievement)
    const query = `organizationId=${owner.organizationId}&issuerId=${owner.issuerId}`
    const imported = await api.post(`template-files?${query}`, [file])
    expect(imported.body.items[0]).toMatchObject(achievement)
    const plain = await aTemplate()
    expect(Object.keys((await api.get(`badge-templates/${plain.id}/file`)).body)).toEqual([
      'id',
      'name',
      'reaward',
      'repeat',
      'requirements',
      'penalties',
    ])
  })

  it('is refused in a file with the place of the fault', async () => {
    const file = { id: 'x', requirements: [{ eventType: passingType }], alignments: [{ name: '' }] }
    const query = `organizationId=${owner.organizationId}&issuerId=${owner.issuerId}`
    const answer = await api.post(`template-files?${query}`, [file])
    expect(answer.status).toBe(422)
    expect(answer.body.faults.map(({ path }: { path: string }) => path)).toEqual([
      '[0].alignments[0].name',
      '[0].alignments[0].url',
    ])
  })
})

describe('results of an award', () => {
  it('are kept when the template describes and allows them', async () => {
    const { id } = await aTemplate(achievement)
    await api.post(`badge-templates/${id}/activation`)
    const results = [
      { result: 'grade', value: '87.5' },
      { result: 'letter', value: 'A', status: 'Completed' },
    ]
    const answer = await anAwardWith(id, results)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(answer.body).toMatchObject({ results, narrative: 'Worked hard.' })
  })

  it.each([
    [{ result: 'grade', value: '101' }, 'results[0].value', 'Must be a number from 0 to 100.'],
    [{ result: 'grade', value: 'good' }, 'results[0].value', 'Must be a number from 0 to 100.'],
    [{ result: 'letter', value: 'F' }, 'results[0].value', 'Must be one of C, B, A.'],
    [
      { result: 'mood', value: 'x' },
      'results[0].result',
      'The template has no such result; it has: grade, letter.',
    ],
  ])('are refused: %j', async (result, path, reason) => {
    const { id } = await aTemplate(achievement)
    await api.post(`badge-templates/${id}/activation`)
    const answer = await anAwardWith(id, [result])
    expect(answer.status).toBe(400)
    expect(answer.body.faults).toEqual([{ path, reason }])
  })
})
