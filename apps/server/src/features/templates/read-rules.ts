import {
  type BadgeTemplate,
  type Catalogue,
  formatTemplate,
  parseTemplate,
  parseTemplates,
  type Refusal,
  TemplateInvalid,
  validateTemplate,
} from '@rosette/engine'
import { AppError } from '../../http/app-error.js'

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

export function readFiles(input: unknown, catalogue: Catalogue): readonly BadgeTemplate[] {
  const templates = parsed(() => parseTemplates(input))
  const faults = templates.flatMap((template, index) =>
    validateTemplate(template, catalogue).map((refusal) => ({
      ...refusal,
      path: Array.isArray(input) ? `[${index}].${refusal.path}` : refusal.path,
    })),
  )
  if (faults.length > 0) throw refused(faults)
  return templates
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

function refused(faults: readonly Refusal[]): AppError {
  const what = faults.length === 1 ? 'a fault' : `${faults.length} faults`
  return new AppError('rules-invalid', `The rules have ${what}; nothing was changed.`, { faults })
}
