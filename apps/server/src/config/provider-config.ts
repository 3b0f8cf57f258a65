import { faultOfKeyAddress } from '@rosette/providers'
import { type Members, objectAt, readMembers } from './members.js'
import type { Complain } from './problems.js'

/** Where a provider is: its pages for people, and its API. */
export type ProviderAddresses = {
  readonly webBaseUrl: string
  readonly apiBaseUrl: string
  readonly useSandbox: boolean
}

/** By name as in Open edX: web and API, in production and in the sandbox. */
const addresses = {
  CREDLY: {
    _BASE_URL: 'https://credly.com/',
    _API_BASE_URL: 'https://api.credly.com/v1/',
    _SANDBOX_BASE_URL: 'https://sandbox.credly.com/',
    _SANDBOX_API_BASE_URL: 'https://sandbox-api.credly.com/v1/',
  },
  ACCREDIBLE: {
    _BASE_URL: 'https://dashboard.accredible.com/',
    _API_BASE_URL: 'https://api.accredible.com/v1/',
    _SANDBOX_BASE_URL: 'https://sandbox.dashboard.accredible.com/',
    _SANDBOX_API_BASE_URL: 'https://sandbox.api.accredible.com/v1/',
  },
} as const

type Name = keyof typeof addresses
type AddressName = keyof (typeof addresses)[Name]

const addressNames = [
  '_BASE_URL',
  '_API_BASE_URL',
  '_SANDBOX_BASE_URL',
  '_SANDBOX_API_BASE_URL',
] as const satisfies readonly AddressName[]

const credlyAt = 'BADGES_CONFIG.credly'
const organizationsAt = `${credlyAt}.ORGANIZATIONS`

export function parseCredly(input: unknown, complain: Complain): ProviderAddresses {
  const members = readMembers(credlyAt, input, complain)
  return parseAddresses(members, 'CREDLY', ['ORGANIZATIONS'])
}

export function parseAccredible(input: unknown, complain: Complain): ProviderAddresses {
  return parseAddresses(readMembers('BADGES_CONFIG.accredible', input, complain), 'ACCREDIBLE', [])
}

// Every address is checked, also those of the environment that is not chosen: it may be, tomorrow.
function parseAddresses(members: Members, name: Name, more: readonly string[]): ProviderAddresses {
  const known = addressNames.map((end) => `${name}${end}`)
  members.refuseUnknown([...known, 'USE_SANDBOX', ...more])
  const found = {
    web: parseAddress(members, name, '_BASE_URL'),
    api: parseAddress(members, name, '_API_BASE_URL'),
    sandboxWeb: parseAddress(members, name, '_SANDBOX_BASE_URL'),
    sandboxApi: parseAddress(members, name, '_SANDBOX_API_BASE_URL'),
  }
  const useSandbox = parseSwitch(members, 'USE_SANDBOX')
  return {
    useSandbox,
    webBaseUrl: useSandbox ? found.sandboxWeb : found.web,
    apiBaseUrl: useSandbox ? found.sandboxApi : found.api,
  }
}

function parseAddress(members: Members, name: Name, end: AddressName): string {
  const fallback = addresses[name][end]
  const value = members.get(`${name}${end}`)
  if (value === undefined || value === null) return fallback
  // Not repeated in the complaint: people put passwords into addresses.
  const fault = typeof value === 'string' ? faultOfKeyAddress(value) : 'is not a text.'
  if (typeof value === 'string' && fault === undefined) return `${value.replace(/\/+$/, '')}/`
  const remedy = `Write an address such as ${fallback} (http:// only for a host of one word).`
  members.complain(`${name}${end}`, fault ?? '', remedy)
  return fallback
}

function parseSwitch(members: Members, name: string): boolean {
  const value = members.get(name)
  if (typeof value === 'boolean') return value
  if (value !== undefined && value !== null) {
    members.complain(name, 'is neither true nor false.', 'Write true or false, without quotes.')
  }
  return false
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The keys of Credly organizations, by the organization's UUID in lower case. */
export function parseCredlyOrganizations(
  badgesConfig: unknown,
  complain: Complain,
): ReadonlyMap<string, string> {
  const credly = objectAt('BADGES_CONFIG', badgesConfig, complain)['credly']
  const given = objectAt(credlyAt, credly, complain)['ORGANIZATIONS']
  const keys = new Map<string, string>()
  const entries = Object.entries(objectAt(organizationsAt, given, complain))
  for (const [index, [name, key]] of entries.entries()) {
    const id = name.trim().toLowerCase()
    if (!uuid.test(id)) {
      // Its name is not repeated: with the two confused, it is the key.
      const problem = `has a member (number ${index + 1}) whose name is not a UUID.`
      complain(organizationsAt, problem, 'Write { "<UUID of the organization>": "<its key>" }.')
    } else if (keys.has(id)) {
      complain(`${organizationsAt}.${id}`, 'is given twice.', 'Remove one of the two.')
    } else if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) {
      const remedy = 'Write the key as Credly shows it under Developers > Authorization Tokens.'
      complain(`${organizationsAt}.${id}`, 'is empty or not a key.', remedy)
    } else {
      keys.set(id, key)
    }
  }
  return keys
}
