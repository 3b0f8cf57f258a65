import { type Permission, permissions, roles } from '@rosette/contract'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { loadSettings } from '../../config/load.js'
import { findOrganizationBySlug } from '../../features/organizations/organizations.js'
import { openRuntime } from '../../runtime.js'
import { no } from '../command-error.js'
import { examples, printJson, printLine } from '../output.js'

type Options = {
  readonly name: string
  readonly organization?: string
  readonly role?: (typeof roles)[number]
  readonly permissions?: readonly Permission[]
  readonly days?: number
  readonly json?: true
}

export function registerCreateToken(program: Command): void {
  program
    .command('create-token')
    .description('Make a token for a program and print it; it is kept only as a hash.')
    .option('--name <name>', 'what the token is for', 'administration')
    .option('--organization <short name>', 'what it reaches; without it, everything')
    .addOption(
      new Option('--role <role>', 'what it may do, as people of a role')
        .choices(roles)
        .conflicts('permissions'),
    )
    .option('--permissions <list>', 'what it may do, with commas between', toPermissions)
    .option('--days <number>', 'for how many days; without it, until it is revoked', toDays)
    .option('--json', 'print { name, token } as JSON')
    .addHelpText(
      'after',
      examples(
        'rosette create-token --name "grading script"',
        'rosette create-token --name reports --organization my-university --role viewer --days 90',
      ),
    )
    .action(createToken)
}

async function createToken({ name, organization, json, ...options }: Options): Promise<void> {
  const runtime = await openRuntime(loadSettings(), { mustOwn: false })
  try {
    const { app } = runtime
    const found =
      organization === undefined ? null : await findOrganizationBySlug(app.db, organization)
    if (found === undefined)
      throw no(`There is no organization with the short name ${organization}.`)
    const { role, permissions, days } = options
    const token = await app.tokens.create({
      name,
      organizationId: found?.id ?? null,
      role,
      permissions,
      expiresAt: days === undefined ? null : new Date(Date.now() + days * 86_400_000).toISOString(),
    })
    if (json) printJson({ name, token })
    else printLine(token)
  } finally {
    await runtime.close()
  }
}

function toPermissions(text: string): readonly Permission[] {
  return text.split(',').map((part) => {
    const found = permissions.find((one) => one === part.trim())
    if (found !== undefined) return found
    throw new InvalidArgumentError(`Choose among ${permissions.join(', ')}.`)
  })
}

function toDays(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= 36_500) return days
  throw new InvalidArgumentError('Write a whole number of days, from 1 on.')
}
