import type {
  Issuance,
  IssuanceCounts,
  IssuanceDetail,
  Notice,
  ProviderAccount,
  ProviderTemplate,
} from '@rosette/contract'
import type { Db } from '../../db/database.js'
import type { SyncSummaryJson } from '../../db/schema.js'
import type { AdminPaths } from './admin-frame.js'

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }

export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'client'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }

export type NewAccount = {
  readonly organizationId: string
  readonly issuerId: string
  readonly provider: ProviderAccount['provider']
  readonly name: string
  readonly externalId: string | null
  readonly apiBaseUrl: string | null
  readonly credentials: Credentials
}

type Action = (id: string, actor: string) => Promise<unknown>

/** What these pages show and do: the views and use cases of other features, as far as they need them. */
export type AdminDeps = {
  readonly db: Db
  readonly paths: AdminPaths
  readonly now: () => Date
  readonly issuances: {
    readonly list: (asked: {
      readonly state?: readonly Issuance['state'][] | undefined
      readonly target?: Issuance['target'] | undefined
      readonly accountId?: string | undefined
      readonly limit: number
      readonly cursor?: string | undefined
    }) => Promise<Page<Issuance>>
    readonly get: (id: string) => Promise<IssuanceDetail>
    readonly counts: () => Promise<IssuanceCounts>
  }
  readonly retryAll: (
    which: {
      readonly ids?: readonly string[] | undefined
      readonly accountId?: string | undefined
    },
    actor: string,
  ) => Promise<number>
  readonly accounts: {
    readonly list: (asked: {
      readonly limit: number
      readonly cursor?: string | undefined
    }) => Promise<Page<ProviderAccount>>
    readonly get: (id: string) => Promise<ProviderAccount>
    readonly create: (wanted: NewAccount, actor: string) => Promise<string>
    readonly update: (
      id: string,
      change: { readonly credentials: Credentials },
      actor: string,
    ) => Promise<unknown>
    readonly test: (id: string) => Promise<{
      readonly name: string
      readonly keyExpiresAt: string | null
      readonly credits: number | null
    }>
    readonly pause: Action
    readonly resume: Action
    readonly rotateKey: Action
    readonly setWebhookSecret: (id: string, actor: string) => Promise<string>
    readonly clearWebhookSecret: Action
  }
  readonly templates: {
    readonly list: (asked: {
      readonly accountId: string
      readonly limit: number
      readonly cursor?: string | undefined
    }) => Promise<Page<ProviderTemplate>>
    readonly sync: (accountId: string) => Promise<SyncSummaryJson>
  }
  readonly notices: {
    readonly list: (asked: {
      readonly isOpen: boolean
      readonly limit: number
    }) => Promise<Page<Notice>>
    readonly resolve: Action
  }
}
