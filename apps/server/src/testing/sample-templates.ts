import { parseTemplate } from '@rosette/engine'
import { type Db, inTransaction } from '#src/db/database.js'
import { raiseRuleVersion, replaceRules } from '#src/features/templates/template-repository.js'

/** Stores an active template with the given rules (in the file format) and answers with its id. */
export async function anActiveTemplate(
  db: Db,
  rules: Readonly<Record<string, unknown>>,
  issuer?: string,
): Promise<string> {
  return await inTransaction(db, async (tx) => {
    const issuerId = issuer ?? (await anIssuer(tx))
    const parsed = parseTemplate({ id: 'new', name: 'Sample', reaward: 'allowed', ...rules })
    const { organization_id } = await tx
      .selectFrom('issuer')
      .select('organization_id')
      .where('id', '=', issuerId)
      .executeTakeFirstOrThrow()
    const { id } = await tx
      .insertInto('badge_template')
      .values({
        organization_id,
        issuer_id: issuerId,
        name: parsed.name,
        state: 'active',
        reaward: parsed.reaward,
        repeat_by: parsed.repeat?.by ?? null,
        image_id: null,
        expires_after_days: null,
        activated_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await replaceRules(tx, id, parsed)
    await raiseRuleVersion(tx)
    return id
  })
}

async function anIssuer(tx: Db): Promise<string> {
  const found = await tx.selectFrom('issuer').select('id').limit(1).executeTakeFirst()
  if (found !== undefined) return found.id
  const organization = await tx
    .insertInto('organization')
    .values({ slug: 'sample', name: 'Sample University' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const issuer = await tx
    .insertInto('issuer')
    .values({
      organization_id: organization.id,
      name: 'Sample University',
      url: 'https://university.example',
      email: null,
      description: null,
      image_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return issuer.id
}
