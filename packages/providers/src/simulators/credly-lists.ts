import { accountOf, type CredlyState, type SimBadge, type SimTemplate } from './credly-state.js'

const perPage = 50

export type ListQuery = Readonly<Record<string, string>>
/** For each key that is known, whether an item fits one of the values. */
type Filters<T> = Readonly<Record<string, (item: T, values: readonly string[]) => boolean>>
type Sorts<T> = Readonly<Record<string, (item: T) => number | string>>
export type Listing<T> = { readonly filters: Filters<T>; readonly sorts: Sorts<T> }

/** `key::value|key2::value2,value3`; a key that is not known is ignored (an assumption). */
export function select<T>(
  items: readonly T[],
  query: ListQuery,
  { filters, sorts }: Listing<T>,
): T[] {
  const wanted = splitParts(query['filter']).flatMap((part) => {
    const at = part.indexOf('::')
    const fits = at < 0 ? undefined : own(filters, part.slice(0, at))
    return fits ? [{ fits, values: part.slice(at + 2).split(',') }] : []
  })
  const found = items.filter((item) => wanted.every(({ fits, values }) => fits(item, values)))
  // The last key first, as each sorting keeps the order of equals.
  for (const key of splitParts(query['sort']).toReversed()) {
    const isDescending = key.startsWith('-')
    const sortable = own(sorts, isDescending ? key.slice(1) : key)
    if (sortable) found.sort((a, b) => compare(sortable(a), sortable(b)) * (isDescending ? -1 : 1))
  }
  return found
}

/** Keys come from outside, and every object has a `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function splitParts(text = ''): string[] {
  return text.split('|').filter((part) => part !== '')
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : Number(a > b)
}

type PageSource = { readonly url: string; readonly query: ListQuery }

/** One page of at most 50 with what Credly says about it; `url` is the absolute address of the list. */
export function toPage<T>(items: readonly T[], { url, query }: PageSource) {
  const asked = Number(query['page'])
  const page = Number.isInteger(asked) && asked > 0 ? asked : 1
  const data = items.slice((page - 1) * perPage, page * perPage)
  const totalPages = Math.max(Math.ceil(items.length / perPage), 1)
  const addressOf = (n: number) => `${url}?${new URLSearchParams({ ...query, page: String(n) })}`
  const metadata = {
    count: data.length,
    current_page: page,
    total_count: items.length,
    total_pages: totalPages,
    per: perPage,
    previous_page_url: page > 1 ? addressOf(page - 1) : null,
    next_page_url: page < totalPages ? addressOf(page + 1) : null,
  }
  return { data, metadata }
}

/** Like a page, but told only where it goes on. */
export function toCursorPage<T>(items: readonly T[], { url, query }: PageSource) {
  const { data, metadata } = toPage(items, {
    url,
    query: { ...query, page: query['page_token'] ?? '1' },
  })
  const { page: _, ...rest } = query
  const next = new URLSearchParams({ ...rest, page_token: String(metadata.current_page + 1) })
  return { data, metadata: { next_page_url: metadata.next_page_url && `${url}?${next}` } }
}

const hasText = (values: readonly string[], ...texts: readonly string[]) =>
  values.some((value) => texts.some((text) => text.toLowerCase().includes(value.toLowerCase())))

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

export const templateListing: Listing<SimTemplate> = {
  filters: {
    query: ({ name, description }, values) => hasText(values, name, description),
    name: ({ name }, values) => values.some((value) => hasName(name, value)),
    state: ({ state }, values) => values.includes(state),
    public: (template, values) => values.includes(String(template.public)),
    skills: ({ skills }, values) => values.some((value) => skills.includes(value)),
    reporting_tags: (template, values) => values.some((v) => template.reportingTags.includes(v)),
    // Nothing is recommended and nothing collected here.
    recommendation_ids: () => false,
    collection_id: () => false,
    owner_id: ({ organizationId }, values) => values.includes(organizationId),
    created_at_min: ({ createdAt }, [day = '']) => dayOf(createdAt) >= day,
    created_at_max: ({ createdAt }, [day = '']) => dayOf(createdAt) <= day,
    updated_at_min: ({ updatedAt }, [day = '']) => dayOf(updatedAt) >= day,
    updated_at_max: ({ updatedAt }, [day = '']) => dayOf(updatedAt) <= day,
  },
  sorts: {
    name: ({ name }) => name,
    created_at: ({ createdAt }) => createdAt.getTime(),
    updated_at: ({ updatedAt }) => updatedAt.getTime(),
  },
}

/** In quotation marks the whole name has to be the same. */
function hasName(name: string, value: string): boolean {
  const strict = /^"(.*)"$/.exec(value)?.[1]
  return strict === undefined ? hasText([value], name) : name === strict
}

export function badgeListing(state: CredlyState): Listing<SimBadge> {
  const sameEmail = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return {
    filters: {
      query: ({ email, firstName, lastName }, values) =>
        hasText(values, email, `${firstName} ${lastName}`),
      state: (badge, values) => values.includes(badge.state),
      recipient_email: ({ email }, values) => values.some((value) => sameEmail(email, value)),
      recipient_email_all: ({ email, accountId }, values) =>
        values.some(
          (value) =>
            sameEmail(email, value) ||
            (accountId !== null && accountOf(state, value)?.id === accountId),
        ),
      badge_template_id: ({ templateId }, values) => values.includes(templateId),
      'badge_templates[reporting_tags]': ({ templateId }, values) =>
        values.some((value) => state.templates.get(templateId)?.reportingTags.includes(value)),
      issuer_earner_id: ({ issuerEarnerId }, values) => values.some((v) => v === issuerEarnerId),
      public: (badge, values) => values.includes(String(badge.public)),
    },
    sorts: {
      created_at: ({ createdAt }) => createdAt.getTime(),
      issued_at: ({ issuedAt }) => issuedAt.getTime(),
    },
  }
}
