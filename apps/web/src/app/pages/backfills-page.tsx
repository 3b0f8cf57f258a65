import { Group, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Empty, Loading, Problem } from '../../components/states.js'
import { backfillsQuery } from '../../features/backfills/backfill-queries.js'
import { BackfillTable } from '../../features/backfills/backfill-table.js'
import { useOrganization } from '../../lib/session.js'

const kinds = ['preview', 'run'] as const
const states = ['queued', 'running', 'done', 'cancelled', 'failed'] as const

export function BackfillsPage() {
  const { t } = useTranslation('rules')
  const { id: organizationId, slug } = useOrganization()
  const search = useSearch({ from: '/console/o/$organization/backfills' })
  const query = useInfiniteQuery(backfillsQuery({ ...search, organizationId }))
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = search.kind !== undefined || search.state !== undefined
  return (
    <Page title={t('backfills.title')} about={t('backfills.about')}>
      {(items.length > 0 || isFiltered) && <Filters />}
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : items.length === 0 ? (
        <Empty
          title={isFiltered ? t('backfills.noneFound') : t('backfills.none')}
          action={
            isFiltered ? (
              <GoLink to={`/o/${slug}/backfills`}>{t('backfills.showAll')}</GoLink>
            ) : (
              <GoLink to={`/o/${slug}/badges`}>{t('backfills.toBadges')}</GoLink>
            )
          }
        >
          {isFiltered ? undefined : t('backfills.noneText')}
        </Empty>
      ) : (
        <>
          <BackfillTable backfills={items} organization={slug} />
          <More pages={query} />
        </>
      )}
    </Page>
  )
}

function Filters() {
  const { t } = useTranslation('rules')
  const { kind, state } = useSearch({ from: '/console/o/$organization/backfills' })
  const navigate = useNavigate({ from: '/o/$organization/backfills' })
  const chosen = <Value extends string>(values: readonly Value[], value: string) =>
    values.find((one) => one === value)
  return (
    <Group gap="sm">
      <NativeSelect
        label={t('backfills.kindLabel')}
        value={kind ?? ''}
        onChange={({ currentTarget: { value } }) =>
          void navigate({ search: { kind: chosen(kinds, value), state }, replace: true })
        }
        data={[
          { value: '', label: t('backfills.all') },
          ...kinds.map((value) => ({ value, label: t(`backfills.kind.${value}`) })),
        ]}
      />
      <NativeSelect
        label={t('backfills.stateLabel')}
        value={state ?? ''}
        onChange={({ currentTarget: { value } }) =>
          void navigate({ search: { kind, state: chosen(states, value) }, replace: true })
        }
        data={[
          { value: '', label: t('backfills.all') },
          ...states.map((value) => ({ value, label: t(`backfills.state.${value}`) })),
        ]}
      />
    </Group>
  )
}
