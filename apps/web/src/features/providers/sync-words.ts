import type { TFunction } from 'i18next'
import type { Schema } from '../../lib/api.js'

const kinds = ['created', 'updated', 'archived', 'restored'] as const

/** What a sync has found and changed, in a sentence. */
export function syncWords(
  t: TFunction<'operations'>,
  { seen, ...changed }: Schema<'SyncSummary'>,
  list: (parts: readonly string[]) => string,
): string {
  const parts = kinds
    .filter((kind) => changed[kind] > 0)
    .map((kind) => t(`providers.changed.${kind}`, { count: changed[kind] }))
  const changes = parts.length === 0 ? t('providers.changed.nothing') : list(parts)
  return t('providers.synced', { count: seen, changes })
}
