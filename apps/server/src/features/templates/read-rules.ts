import { achievementFile } from '@rosette/contract'
import {
  type BadgeTemplate,
  type Catalogue,
  formatTemplate,
  parseTemplate,
  parseTemplates,
  TemplateInvalid,
  validateTemplate,
} from '@rosette/engine'
import type { z } from 'zod'
import { AppError, type Fault } from '../../http/app-error.js'

/** Rules as they may be sent: members of the file format, unread. */
export type RulesGiven = {
  readonly reaward?: unknown
  readonly repeat?: unknown
  readonly requirements?: unknown
  readonly penalties?: unknown
}

/** Reads rules for a template and checks them against what is known; refuses with every fault. */
export function readRules(
  about: Pick<BadgeTemplate, 'id' | 'name'>,
  given: RulesGiven,
  catalogue: Catalogue,
): BadgeTemplate {
  const template = parsed(() => parseTemplate({ ...given, id: about.id, name: about.name }))
  assertValid(template, catalogue)
  return template
}

/** The same for rules that stand in a request as they are. */
export function readGivenRules(
  about: Pick<BadgeTemplate, 'id' | 'name'>,
  given: unknown,
  catalogue: Catalogue,
): BadgeTemplate {
  const { reaward = 'allowed', ...members } = toMembers(given)
  return readRules(about, { ...members, reaward }, catalogue)
}

/** One template of a file: its rules, and what else it says of the badge. */
type ReadFile = {
  readonly template: BadgeTemplate
  readonly achievement: z.output<typeof achievementFile>
}

export function readFiles(input: unknown, catalogue: Catalogue): readonly ReadFile[] {
  const templates = parsed(() => parseTemplates(withoutAchievement(input)))
  const pathIn = (index: number, path: string) =>
    Array.isArray(input) ? `[${index}].${path}` : path
  const given = [input].flat()
  const read = templates.map((template, index) => {
    const achievement = achievementFile.safeParse(given[index])
    const faults = [
      ...validateTemplate(template, catalogue),
      ...(achievement.error?.issues ?? []).map(({ path, message }) => ({
        path: pathText(path),
        reason: `It ${message}.`,
      })),
    ]
    return { template, achievement, faults }
  })
  const faults = read.flatMap((file, index) =>
    file.faults.map((fault) => ({ ...fault, path: pathIn(index, fault.path) })),
  )
  if (faults.length > 0) throw refused(faults)
  return read.map(({ template, achievement }) => ({
    template,
    achievement: achievement.data ?? {},
  }))
}

// The engine knows rules, and refuses members that it does not know.
function withoutAchievement(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutAchievement)
  if (typeof input !== 'object' || input === null) return input
  const own = Object.keys(achievementFile.shape)
  return Object.fromEntries(Object.entries(input).filter(([name]) => !own.includes(name)))
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1)
}

/** Puts one more part into the rules; faults are named from the part's own root. */
export function readPart(
  rules: BadgeTemplate,
  list: 'requirements' | 'penalties',
  { part, catalogue }: { readonly part: unknown; readonly catalogue: Catalogue },
): BadgeTemplate {
  const file = formatTemplate(rules)
  const prefix = `${list}[${file[list].length}]`
  try {
    return readRules(rules, { ...file, [list]: [...file[list], part] }, catalogue)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const faults = error.faults.map((fault) => ({
      ...fault,
      path: fault.path.startsWith(prefix)
        ? fault.path.slice(prefix.length).replace(/^\./, '')
        : fault.path,
    }))
    throw new AppError(error.code, error.message, { faults, cause: error })
  }
}

export function assertValid(template: BadgeTemplate, catalogue: Catalogue): void {
  const faults = validateTemplate(template, catalogue)
  if (faults.length > 0) throw refused(faults)
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof TemplateInvalid) throw refused(error.refusals)
    throw error
  }
}

function refused(faults: readonly Fault[]): AppError {
  const what = faults.length === 1 ? 'a fault' : `${faults.length} faults`
  return new AppError('rules-invalid', `The rules have ${what}; nothing was changed.`, { faults })
}

/** The name and the id of a file that was exported may come back with it; the template keeps its own. */
export function toMembers(given: unknown): RulesGiven {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { ...given }
  const faults = [{ path: '', reason: 'Must be an object with requirements and penalties.' }]
  throw new AppError('rules-invalid', 'These are no rules; nothing was changed.', { faults })
}
