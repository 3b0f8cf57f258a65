import { randomUUID } from 'node:crypto'
import type { BadgeTemplate, DataRule } from '@rosette/engine'
import { BADGE_TEMPLATE_PATH } from '@rosette/engine'
import { inTransaction, type Tx } from '../../db/database.js'
import { chooseIssuer } from '../issuers/issuers.js'
import { organizationOr404 } from '../organizations/organizations.js'
import { type AchievementGiven, toAchievementColumns } from './achievement-columns.js'
import { assertIssuable } from './choose-target.js'
import { auditTemplate, type EditingDeps } from './locked-template.js'
import { type RulesGiven, readFiles, readRules } from './read-rules.js'
import { insertTemplate, replaceRules } from './template-repository.js'

type Told = AchievementGiven & {
  readonly description?: string | undefined
  readonly criteria?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly expiresAfterDays?: number | null | undefined
  readonly providerTemplateId?: string | null | undefined
  readonly notifies?: boolean | undefined
  readonly locale?: string | null | undefined
}
type Owner = { readonly organizationId: string; readonly issuerId?: string | undefined }

export type NewTemplate = Told & RulesGiven & Owner & { readonly name: string }

/** Makes drafts; each function answers with the ids of what it made. */
export function createCreation({ db, catalogue, now }: EditingDeps) {
  async function create(given: NewTemplate, actor: string): Promise<string> {
    const id = randomUUID()
    const { reaward, repeat, requirements, penalties } = given
    const about = { id, name: given.name }
    const rules = readRules(about, { reaward, repeat, requirements, penalties }, catalogue)
    await inTransaction(db, async (tx) => {
      const { organizationId, providerTemplateId } = given
      await organizationOr404(tx, organizationId)
      if (isGiven(providerTemplateId)) {
        await assertIssuable(tx, { organizationId, providerTemplateId })
      }
      await store(tx, rules, { ...given, issuerId: await chooseIssuer(tx, given) })
      await auditTemplate(tx, id, { actor, action: 'create' })
    })
    return id
  }

  /** All of the file or nothing; rules on another badge of the file follow its new id. */
  async function importFiles(
    input: unknown,
    owner: Owner,
    actor: string,
  ): Promise<readonly string[]> {
    const files = readFiles(input, catalogue)
    const newIds = new Map(files.map(({ template }) => [template.id, randomUUID()]))
    await inTransaction(db, async (tx) => {
      await organizationOr404(tx, owner.organizationId)
      const issuerId = await chooseIssuer(tx, owner)
      for (const { template, achievement } of files) {
        const rules = renamedRules(template, newIds)
        const { organizationId } = owner
        await store(tx, rules, { ...achievement, organizationId, issuerId })
        const detail = { from: template.id }
        await auditTemplate(tx, rules.id, { actor, action: 'import', detail })
      }
    })
    return [...newIds.values()]
  }

  async function store(
    tx: Tx,
    rules: BadgeTemplate,
    given: Told & { readonly organizationId: string; readonly issuerId: string },
  ): Promise<void> {
    const at = now().toISOString()
    await insertTemplate(tx, {
      id: rules.id,
      organization_id: given.organizationId,
      issuer_id: given.issuerId,
      name: rules.name,
      description: given.description ?? '',
      criteria: given.criteria ?? '',
      tags: [...(given.tags ?? [])],
      reaward: rules.reaward,
      repeat_by: rules.repeat?.by ?? null,
      expires_after_days: given.expiresAfterDays ?? null,
      provider_template_id: given.providerTemplateId ?? null,
      notifies: given.notifies ?? true,
      locale: given.locale ?? null,
      ...toAchievementColumns(given),
      image_id: null,
      activated_at: null,
      created_at: at,
      updated_at: at,
    })
    await replaceRules(tx, rules.id, rules)
  }

  return { create, importFiles }
}

function isGiven(id: string | null | undefined): id is string {
  return id !== undefined && id !== null
}

/** Rules whose references to other badges follow the ids that those got. */
export function renamedRules(
  template: BadgeTemplate,
  newIds: ReadonlyMap<string, string>,
): BadgeTemplate {
  const follow = (id: string) => newIds.get(id) ?? id
  const followRule = (rule: DataRule): DataRule => {
    if (rule.keyPath !== BADGE_TEMPLATE_PATH) return rule
    const { value } = rule
    return { ...rule, value: typeof value === 'string' ? follow(value) : value.map(follow) }
  }
  const followAll = <T extends { readonly dataRules: readonly DataRule[] }>(parts: readonly T[]) =>
    parts.map((part) => ({ ...part, dataRules: part.dataRules.map(followRule) }))
  return {
    ...template,
    id: follow(template.id),
    requirements: followAll(template.requirements),
    penalties: followAll(template.penalties),
  }
}
