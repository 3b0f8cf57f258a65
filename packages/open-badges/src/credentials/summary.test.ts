import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summaryOf } from './summary.js'

const credential = {
  evidence: [
    { id: 'https://lms.example/1', type: ['Evidence'], name: 'Essay', narrative: 'Ten pages' },
    { type: 'Evidence', description: 'A talk' },
    { type: 'Evidence', description: 'A talk' },
    { type: 'Evidence' },
    'https://lms.example/2',
  ],
  credentialSubject: {
    result: [
      { resultDescription: 'urn:grade', value: '92', status: 'Completed' },
      { resultDescription: 'urn:rubric', achievedLevel: 'urn:good' },
      { resultDescription: 'urn:other', value: 3 },
      { status: 'Withdrew' },
    ],
    achievement: {
      achievementType: 'Course',
      tag: ['radio', 7, 'sky', 'radio'],
      inLanguage: 'en-GB',
      alignment: { targetName: 'Frame', targetUrl: 'https://f.example/1' },
      resultDescription: [
        { id: 'urn:grade', name: { '@value': 'Grade', '@language': 'en' } },
        {
          id: 'urn:rubric',
          resultType: 'RubricCriterionLevel',
          rubricCriterionLevel: [{ id: 'urn:good', name: 'Good' }],
        },
      ],
    },
  },
}

describe('what a badge says of itself', () => {
  it('holds its kind, words, evidence and alignments', () => {
    expect(summaryOf(credential)).toMatchObject({
      achievementType: 'Course',
      tags: ['radio', 'sky'],
      language: 'en-GB',
      evidence: [
        { id: 'https://lms.example/1', name: 'Essay', narrative: 'Ten pages' },
        { narrative: 'A talk' },
      ],
      alignments: [{ name: 'Frame', url: 'https://f.example/1' }],
    })
  })

  it('holds results under the names of what they measure', () => {
    expect(summaryOf(credential).results).toEqual([
      { name: 'Grade', value: '92', status: 'Completed' },
      { name: 'RubricCriterionLevel', value: 'Good' },
      { name: 'Result', value: '3' },
      { name: 'Result', status: 'Withdrew' },
    ])
  })

  it('holds fifty of each at most', () => {
    const evidence = Array.from({ length: 60 }, (_, i) => ({ name: `${i}` }))
    const tag = evidence.map(({ name }) => name)
    const summary = summaryOf({ evidence, credentialSubject: { achievement: { tag } } })
    expect([summary.evidence?.length, summary.tags?.length]).toEqual([50, 50])
  })

  it('leaves out what is not there', () => {
    expect(summaryOf({})).toEqual({})
  })

  it('is read out of anything', () => {
    const members = fc.constantFrom('evidence', 'result', 'achievement', 'credentialSubject', 'tag')
    const things = fc.dictionary(members, fc.jsonValue())
    fc.assert(
      fc.property(things, fc.jsonValue(), (subject, value) => {
        const summary = summaryOf({
          ...subject,
          credentialSubject: { ...subject, achievement: { alignment: value, tag: value } },
        })
        expect(Object.values(summary)).not.toContain(undefined)
      }),
    )
  })
})
