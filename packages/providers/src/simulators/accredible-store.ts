import type {
  CredentialRecord,
  DesignRecord,
  GroupInput,
  GroupRecord,
} from './accredible-records.js'
import { invalid } from './accredible-refusal.js'
import type { SimulatorCore } from './simulator.js'

/** What a key may see: everything, or what belongs to its department. */
export type Scope = { readonly departmentId: number | null }

export const accredibleSimulatorKey = 'accredible-simulator-key'
/** Sees only the groups, designs and credentials of the second department. */
export const accredibleSimulatorDepartmentKey = 'accredible-simulator-department-key'

const defaultCredits = 10_000
const defaultGroups = 60
const languages = new Set(
  'en es vi pt ja fr da nl fi no nb ro sv th tw zh tr ar he ms de'.split(' '),
)
const subjects = ['Statistics', 'First Aid', 'Typography', 'Botany', 'Astronomy', 'Carpentry']

export type AccredibleStore = ReturnType<typeof createAccredibleStore>

/** Everything an account holds. */
export function createAccredibleStore(
  core: Pick<SimulatorCore, 'now' | 'newId'>,
  { sandboxMode = false, credits }: { readonly sandboxMode?: boolean; readonly credits?: number },
) {
  const groups = new Map<number, GroupRecord>()
  const designs = new Map<number, DesignRecord>()
  const credentials = new Map<number, CredentialRecord>()
  const account = { credits: 0, sandboxMode: false }
  const keys = new Map<string, Scope>([
    [accredibleSimulatorKey, { departmentId: null }],
    [accredibleSimulatorDepartmentKey, { departmentId: 2 }],
  ])
  let lastId = 10_000
  const nextId = () => {
    lastId += 1
    return lastId
  }
  const stamp = () => core.now().toISOString()

  /** The account as it was at first: two departments, twelve designs and 60 groups. */
  function begin(): void {
    for (const kept of [groups, designs, credentials]) kept.clear()
    lastId = 10_000
    account.credits = credits ?? defaultCredits
    account.sandboxMode = sandboxMode
    for (let i = 1; i <= 12; i++) {
      const kind = i % 3 === 0 ? 'certificate' : 'badge'
      designs.set(500 + i, {
        id: 500 + i,
        department_id: i > 10 ? 2 : 1,
        name: `Design ${i}`,
        kind,
      })
    }
    for (let i = 1; i <= defaultGroups; i++) createGroup(seedGroup(i), { departmentId: null })
  }

  function createGroup(input: GroupInput, scope: Scope): GroupRecord {
    assertFreeName(input.name)
    const group: GroupRecord = {
      id: nextId(),
      created_at: stamp(),
      updated_at: stamp(),
      department_id: scope.departmentId ?? input.department_id ?? 1,
      name: '',
      course_name: '',
      course_description: null,
      course_link: null,
      language: 'en',
      learning_outcomes: [],
      design_id: null,
      certificate_design_id: null,
      badge_design_id: null,
      primary_design_id: null,
      allow_duplicate_credentials: false,
      auto_expiry: null,
      meta_data: null,
    }
    fill(group, input)
    groups.set(group.id, group)
    return group
  }

  function updateGroup(group: GroupRecord, input: GroupInput): GroupRecord {
    if (input.name !== group.name) assertFreeName(input.name)
    const changed = { ...group }
    fill(changed, input)
    changed.updated_at = stamp()
    groups.set(group.id, changed)
    return changed
  }

  function assertFreeName(name: string | null | undefined): void {
    if (name && [...groups.values()].some((group) => group.name === name)) {
      throw invalid('name', 'has already been taken')
    }
  }

  /** What the key may see of it; what it may not see is not there. */
  function inScope<T extends { readonly department_id: number }>(
    { departmentId }: Scope,
    found: T | undefined,
  ): T | undefined {
    return departmentId === null || found?.department_id === departmentId ? found : undefined
  }

  begin()
  return {
    groups,
    designs,
    credentials,
    account,
    keys,
    nextId,
    stamp,
    begin,
    createGroup,
    updateGroup,
    inScope,
  }
}

/** Takes what is given into the group, and refuses what a group cannot have. */
function fill(group: GroupRecord, input: GroupInput): void {
  const given = Object.entries(input).filter(([, value]) => value !== undefined && value !== null)
  Object.assign(group, Object.fromEntries(given))
  if (group.name.trim() === '') throw invalid('name', "can't be blank")
  if (group.course_name.trim() === '') throw invalid('course_name', "can't be blank")
  if (!languages.has(group.language)) throw invalid('language', 'is not included in the list')
}

function seedGroup(i: number): GroupInput {
  const subject = subjects[i % subjects.length] ?? 'Statistics'
  return {
    name: `group-${String(i).padStart(2, '0')}`,
    course_name: `${subject} ${Math.ceil(i / subjects.length)}`,
    course_description: `What there is to know of ${subject}, part ${Math.ceil(i / subjects.length)}.`,
    learning_outcomes: [subject],
    department_id: i % 10 === 0 ? 2 : 1,
    // Some have no design at all, and one has a design that is gone.
    primary_design_id: i % 4 === 0 ? null : i === 7 ? 999 : 500 + (i % 10) + 1,
    badge_design_id: i % 8 === 0 ? 502 : null,
    allow_duplicate_credentials: i % 15 === 0,
    auto_expiry: i % 20 === 0 ? 2 : 0,
  }
}
