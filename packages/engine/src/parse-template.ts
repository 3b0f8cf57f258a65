import { assignGroups, assignIds } from './assign-defaults.js'
import type { BadgeTemplate, Penalty, Requirement } from './badge-template.js'
import {
  isPresent,
  type Place,
  readList,
  readMembers,
  readOptionalText,
  readText,
  refuse,
} from './json-place.js'
import { readCount, readDataRule, readWindow } from './parse-requirement.js'
import { type Refusal, TemplateInvalid } from './refusals.js'
import { structureRefusals } from './structure.js'

/** Reads one template from the file format; throws `TemplateInvalid` with every fault in it. */
export function parseTemplate(input: unknown): BadgeTemplate {
  return readOrThrow(input, readTemplate)
}

/** Reads one template or a list of them, with ids that differ. */
export function parseTemplates(input: unknown): BadgeTemplate[] {
  if (!Array.isArray(input)) return [parseTemplate(input)]
  return readOrThrow(input, (place) => {
    const templates = readList(place, readTemplate)
    templates.forEach(({ id }, index) => {
      if (id === '' || templates.findIndex((each) => each.id === id) === index) return
      const again = { ...place, path: `[${index}].id` }
      refuse(again, 'id-duplicate', `The id ${id} is used by an earlier template; choose another.`)
    })
    return templates
  })
}

function readOrThrow<T>(input: unknown, read: (place: Place) => T): T {
  const faults: Refusal[] = []
  const result = read({ value: input, path: '', faults })
  if (faults.length > 0) throw new TemplateInvalid(faults)
  return result
}

function readTemplate(place: Place): BadgeTemplate {
  const faultsBefore = place.faults.length
  const at = readMembers(place, ['id', 'name', 'reaward', 'repeat', 'requirements', 'penalties'])
  const id = readText(at('id'))
  const template: BadgeTemplate = {
    id,
    name: readOptionalText(at('name')) ?? id,
    reaward: readReaward(at('reaward')),
    repeat: isPresent(at('repeat')) ? readRepeat(at('repeat')) : null,
    requirements: readRequirements(at('requirements')),
    penalties: assignIds(readList(at('penalties'), readPenalty), 'p'),
  }
  // Faults of the parts make faults of the whole meaningless: only sound parts are checked together.
  if (place.faults.length === faultsBefore) {
    const prefix = place.path === '' ? '' : `${place.path}.`
    for (const refusal of structureRefusals(template)) {
      place.faults.push({ ...refusal, path: prefix + refusal.path })
    }
  }
  return template
}

function readReaward(place: Place): BadgeTemplate['reaward'] {
  const { value } = place
  if (!isPresent(place)) return 'allowed'
  if (value === 'allowed' || value === 'never') return value
  refuse(place, 'type-invalid', 'Must be "allowed" or "never".')
  return 'allowed'
}

function readRepeat(place: Place): { by: string } {
  return { by: readText(readMembers(place, ['by'])('by')) }
}

function readRequirements(place: Place): Requirement[] {
  const drafts = readList(place, readRequirement)
  return assignGroups(assignIds(drafts, 'r'), place)
}

function readRequirement(place: Place) {
  const at = readMembers(place, [
    'id',
    'group',
    'eventType',
    'description',
    'dataRules',
    'count',
    'window',
    'after',
  ])
  const after = readList(at('after'), readText)
  return {
    id: readOptionalText(at('id')),
    group: readOptionalText(at('group')),
    eventType: readText(at('eventType')),
    ...readDescription(at('description')),
    dataRules: readList(at('dataRules'), readDataRule),
    ...(isPresent(at('count')) && { count: readCount(at('count')) }),
    ...(isPresent(at('window')) && { window: readWindow(at('window')) }),
    ...(after.length > 0 && { after }),
  }
}

function readPenalty(place: Place): Omit<Penalty, 'id'> & { id: string | undefined } {
  const at = readMembers(place, ['id', 'eventType', 'description', 'dataRules', 'requirements'])
  return {
    id: readOptionalText(at('id')),
    eventType: readText(at('eventType')),
    ...readDescription(at('description')),
    dataRules: readList(at('dataRules'), readDataRule),
    requirements: readList(at('requirements'), readText),
  }
}

function readDescription(place: Place): { description?: string } {
  if (!isPresent(place) || place.value === '') return {}
  return { description: readText(place) }
}
