import { ruleOperators } from '@rosette/contract'
import { OPERATORS } from '@rosette/engine'
import { expect, it } from 'vitest'
import { openApiDocument } from './openapi-document.js'

it('describes the API without a database', async () => {
  const document = await openApiDocument()
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Rosette' } })
  expect(Object.keys(document['paths'] ?? {})).toContain('/api/v1/badge-templates/{id}/rules')
})

it('names the operators that the engine knows', () => {
  expect(ruleOperators).toEqual(OPERATORS)
})
