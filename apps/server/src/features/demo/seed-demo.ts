import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { Issuers } from '../issuers/issuers.js'
import { createPeople } from '../simulation/simulation.js'
import { insertTemplate, raiseRuleVersion, replaceRules } from '../templates/templates.js'
import { demoLearners, demoOrganizationId, firstDemoUserId } from './demo-ids.js'
import { insertDemoLearners, insertDemoOrganization } from './demo-repository.js'
import { type DemoTemplate, demoTemplates } from './demo-templates.js'

export type SeedDeps = { readonly db: Db; readonly issuers: Issuers; readonly now: () => Date }

const demoName = 'Riverbend University'

/** Makes the sample organization with its issuer, badges and learners, all at once; a second time nothing. */
export async function seedDemo({ db, issuers, now }: SeedDeps): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await insertDemoOrganization(tx, demoName))) return
    const issuer = await issuers.create(tx, {
      organizationId: demoOrganizationId,
      name: demoName,
      url: 'https://riverbend.example.org/',
      email: 'badges@riverbend.example.org',
      description: 'A university that does not exist, here to show how badges are earned.',
    })
    const at = now().toISOString()
    for (const template of demoTemplates) await insert(tx, template, { issuerId: issuer.id, at })
    await insertDemoLearners(tx, createPeople(demoLearners, firstDemoUserId))
    await raiseRuleVersion(tx)
  })
}

async function insert(
  tx: Tx,
  { rules, description, criteria, tags }: DemoTemplate,
  { issuerId, at }: { readonly issuerId: string; readonly at: string },
): Promise<void> {
  await insertTemplate(tx, {
    id: rules.id,
    organization_id: demoOrganizationId,
    issuer_id: issuerId,
    name: rules.name,
    description,
    criteria,
    tags: [...tags],
    state: 'active',
    reaward: rules.reaward,
    repeat_by: null,
    image_id: null,
    expires_after_days: null,
    created_at: at,
    updated_at: at,
    activated_at: at,
  })
  await replaceRules(tx, rules.id, rules)
}
