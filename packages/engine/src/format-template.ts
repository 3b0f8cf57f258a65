import type {
  BadgeTemplate,
  Count,
  DataRule,
  Penalty,
  Requirement,
  Window,
} from './badge-template.js'
import { formatEventTime } from './event-time.js'

/** A template in the file format: as `BadgeTemplate`, with the times of windows as ISO 8601 text. */
export type TemplateFile = {
  id: string
  name: string
  reaward: 'allowed' | 'never'
  repeat: { by: string } | null
  requirements: {
    id: string
    group: string
    eventType: string
    description?: string
    dataRules: DataRule[]
    count?: Count
    window?: { from?: string; until?: string }
    after?: string[]
  }[]
  penalties: {
    id: string
    eventType: string
    description?: string
    dataRules: DataRule[]
    requirements: string[]
  }[]
}

/** Writes a template so that `parseTemplate` reads the same one. */
export function formatTemplate(template: BadgeTemplate): TemplateFile {
  return {
    id: template.id,
    name: template.name,
    reaward: template.reaward,
    repeat: template.repeat === null ? null : { by: template.repeat.by },
    requirements: template.requirements.map(formatRequirement),
    penalties: template.penalties.map(formatPenalty),
  }
}

function formatRequirement(requirement: Requirement): TemplateFile['requirements'][number] {
  const { id, group, eventType, description, dataRules, count, window, after } = requirement
  return {
    id,
    group,
    eventType,
    ...(description !== undefined && { description }),
    dataRules: dataRules.map(formatRule),
    ...(count !== undefined && { count: { ...count } }),
    ...(window !== undefined && { window: formatWindow(window) }),
    ...(after !== undefined && after.length > 0 && { after: [...after] }),
  }
}

function formatPenalty(penalty: Penalty): TemplateFile['penalties'][number] {
  const { id, eventType, description, dataRules, requirements } = penalty
  return {
    id,
    eventType,
    ...(description !== undefined && { description }),
    dataRules: dataRules.map(formatRule),
    requirements: [...requirements],
  }
}

function formatRule({ keyPath, operator, value }: DataRule): DataRule {
  return { keyPath, operator, value: typeof value === 'string' ? value : [...value] }
}

function formatWindow({ from, until }: Window): { from?: string; until?: string } {
  return {
    ...(from !== undefined && { from: formatEventTime(from) }),
    ...(until !== undefined && { until: formatEventTime(until) }),
  }
}
