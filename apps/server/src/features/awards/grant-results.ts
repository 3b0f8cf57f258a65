import { fits } from '@rosette/contract'
import type { ResultDescriptionJson, ResultJson } from '../../db/schema.js'
import { AppError, type Fault } from '../../http/app-error.js'
import type { TemplateRow } from '../templates/templates.js'

/** Refuses results that the template does not describe, and values that it does not allow. */
export function assertResultsFit(
  results: readonly ResultJson[],
  template: Pick<TemplateRow, 'name' | 'results'>,
): void {
  const faults = results.flatMap((result, index) => faultOf(result, template, `results[${index}]`))
  if (faults.length === 0) return
  const message = `The results do not fit what "${template.name}" can result in.`
  throw new AppError('request-invalid', message, { faults })
}

function faultOf(
  { result, value }: ResultJson,
  template: Pick<TemplateRow, 'name' | 'results'>,
  path: string,
): readonly Fault[] {
  const description = template.results.find(({ id }) => id === result)
  if (description === undefined) {
    const known = template.results.map(({ id }) => id).join(', ') || 'none'
    return [
      { path: `${path}.result`, reason: `The template has no such result; it has: ${known}.` },
    ]
  }
  if (value === undefined || fits(value, description)) return []
  return [{ path: `${path}.value`, reason: `Must be ${allowed(description)}.` }]
}

function allowed({ allowedValues, min, max }: ResultDescriptionJson): string {
  if (allowedValues !== undefined) return `one of ${allowedValues.join(', ')}`
  if (min === undefined) return `a number of at most ${max}`
  return max === undefined ? `a number of at least ${min}` : `a number from ${min} to ${max}`
}
