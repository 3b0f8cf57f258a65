import { Button, Group, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import {
  type IssuanceFilter,
  issuancesFile,
  issuancesQuery,
} from '../../features/issuances/issuance-queries.js'
import { IssuanceTable } from '../../features/issuances/issuance-table.js'
import { RetryAll, RetryBar } from '../../features/issuances/retry.js'
import { IssuanceFilters } from '../../features/issuances/state-filter.js'
import { useMay, useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/issuances')

/** What became of awards, at each target. */
export function IssuancesPage() {
  const { t } = useTranslation(['people', 'common'])
  const may = useMay()
  const { id: organizationId } = useOrganization()
  const shown = route.useSearch()
  const navigate = route.useNavigate()
  const filter = { organizationId, ...shown }
  const { accountId, templateId } = shown
  return (
    <Page
      title={t('issuances.title')}
      about={t('issuances.about')}
      actions={
        <Group gap="sm">
          <Button component="a" variant="default" href={issuancesFile(filter)} download>
            {t('common:csv')}
          </Button>
          {may('issuance:edit') && <RetryAll which={{ organizationId, accountId, templateId }} />}
        </Group>
      }
    >
      <Stack gap="md">
        <IssuanceFilters
          organizationId={organizationId}
          shown={shown}
          onChange={(change) =>
            void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
          }
        />
        <List key={JSON.stringify(filter)} filter={filter} />
      </Stack>
    </Page>
  )
}

function List({ filter }: { filter: IssuanceFilter }) {
  const may = useMay()
  const { slug } = useOrganization()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(issuancesQuery(filter))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const isFiltered = Object.values(filter).filter(Boolean).length > 1
  return (
    <Await
      query={query}
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={<Nothing isFiltered={isFiltered} base={`/o/${slug}`} />}
    >
      {({ pages }) => (
        <Stack gap="md">
          <IssuanceTable
            issuances={pages.flatMap(({ items }) => items)}
            base={`/o/${slug}`}
            chosen={chosen}
            onToggle={may('issuance:edit') ? toggle : undefined}
            onOpen={(issuanceId) =>
              void navigate({
                to: '/o/$organization/issuances/$issuanceId',
                params: { organization: slug, issuanceId },
              })
            }
          />
          <More pages={query} />
          {chosen.size > 0 && <RetryBar ids={[...chosen]} onDone={() => setChosen(new Set())} />}
        </Stack>
      )}
    </Await>
  )
}

function Nothing({ isFiltered, base }: { isFiltered: boolean; base: string }) {
  const { t } = useTranslation('people')
  return (
    <Empty
      title={t(isFiltered ? 'issuances.notFound' : 'issuances.none')}
      picture={<Send size={48} aria-hidden color="var(--rosette-accent)" />}
      action={
        <GoButton to={isFiltered ? `${base}/issuances` : `${base}/badges`} variant="default">
          {t(isFiltered ? 'issuances.showAll' : 'awards.toBadges')}
        </GoButton>
      }
    >
      {t(isFiltered ? 'issuances.notFoundText' : 'issuances.noneText')}
    </Empty>
  )
}
