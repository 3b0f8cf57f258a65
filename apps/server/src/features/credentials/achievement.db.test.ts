import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { passingType } from '../../testing/sample-events.js'
import { createStranger } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let stranger: ReturnType<typeof createStranger>
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  stranger = createStranger(api.server, () => new Date())
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

async function aBadgeThatSaysAll() {
  const template = await api.post('badge-templates', {
    ...(await anOrganization(api)),
    name: 'Data',
    requirements: [{ eventType: passingType }],
    language: 'pt-BR',
    achievementType: 'Course',
    fieldOfStudy: 'Statistics',
    alignments: [
      {
        name: 'Reads <data>',
        url: 'https://frameworks.example/7',
        code: 'D.7',
        framework: 'Data skills',
        type: 'CFItem',
      },
    ],
    results: [
      { id: 'grade', name: 'Final grade', type: 'Percent', min: 0, max: 100, requiredValue: '50' },
    ],
  })
  const templateId = template.body.id
  await api.post(`badge-templates/${templateId}/activation`)
  const person = { username: 'ana', email: 'ana@example.com', name: 'Ana' }
  const learner = await api.post('learners', person)
  const award = await api.post(`badge-templates/${templateId}/awards`, {
    learnerId: learner.body.id,
    narrative: 'Worked hard.',
    results: [{ result: 'grade', value: '87.5', status: 'Completed' }],
  })
  const awardId = award.body.id
  await app.issuances.issue({ awardId }, { number: 1, isLast: false })
  return { templateId, awardId, answer: await stranger.get(`/credentials/${awardId}`) }
}

describe('what a template and an award say', () => {
  it('stands in the badge, in its 2.0 form and on its page', async () => {
    const { templateId, answer } = await aBadgeThatSaysAll()
    const badge = answer.json()
    const { achievement, result, narrative } = badge.credentialSubject
    expect(narrative).toBe('Worked hard.')
    expect(achievement).toMatchObject({
      inLanguage: 'pt-BR',
      achievementType: 'Course',
      fieldOfStudy: 'Statistics',
      alignment: [
        {
          type: ['Alignment'],
          targetName: 'Reads <data>',
          targetUrl: 'https://frameworks.example/7',
          targetCode: 'D.7',
          targetFramework: 'Data skills',
          targetType: 'CFItem',
        },
      ],
      resultDescription: [
        {
          id: `${achievement.id}#grade`,
          name: 'Final grade',
          resultType: 'Percent',
          valueMin: '0',
          valueMax: '100',
          requiredValue: '50',
        },
      ],
    })
    expect(result).toMatchObject([
      { resultDescription: `${achievement.id}#grade`, value: '87.5', status: 'Completed' },
    ])
    const report = await stranger.verify(answer.body)
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect(report.verdict).toBe('valid')
    const badgeClass = (await stranger.get(`/public/badges/${templateId}`)).json()
    expect(badgeClass.alignment).toMatchObject([
      { targetName: 'Reads <data>', targetUrl: 'https://frameworks.example/7', targetCode: 'D.7' },
    ])
    const page = (await stranger.get(`/public/badges/${templateId}`, 'text/html')).body
    expect(page).toContain('Counts towards')
    expect(page).toMatch(
      /<a href="https:\/\/frameworks\.example\/7"[^>]*>Reads &#60;data&#62;<\/a>/,
    )
    expect(page).toContain('Data skills, D.7')
  })
})
