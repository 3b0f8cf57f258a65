import { Button, Group, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Trophy, Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import { AwardFilters } from '../../features/awards/award-filters.js'
import {
  type Award,
  type AwardFilter,
  awardsFile,
  awardsQuery,
} from '../../features/awards/award-queries.js'
import { AwardTable } from '../../features/awards/award-table.js'
import { BulkBar } from '../../features/awards/bulk-bar.js'
import { GrantAward } from '../../features/awards/grant-award.js'
import type { Step, Which } from '../../features/awards/several.js'
import { SeveralDialog } from '../../features/awards/several-dialog.js'
import { useMay, useOrganization } from '../../lib/session.js'
import type { AwardsSearch } from '../routes/people-search.js'

const route = getRouteApi('/console/o/$organization/awards')

/** All awards of an organization. */
export function AwardsPage() {
  const { t } = useTranslation(['people', 'common'])
  const may = useMay()
  const { id, slug } = useOrganization()
  const shown = route.useSearch()
  const navigate = route.useNavigate()
  const [isGranting, setGranting] = useState(false)
  const filter = toFilter(id, shown)
  return (
    <Page
      title={t('awards.title')}
      about={t('awards.about')}
      actions={
        <Group gap="sm">
          <Button component="a" variant="default" href={awardsFile(filter)} download>
            {t('common:csv')}
          </Button>
          {may('award:edit') && (
            <>
              <GoButton
                to={`/o/${slug}/awards/import`}
                variant="default"
                leftSection={<Upload size={16} aria-hidden />}
              >
                {t('import.button')}
              </GoButton>
              <Button onClick={() => setGranting(true)}>{t('grant.button')}</Button>
            </>
          )}
        </Group>
      }
    >
      <Stack gap="md">
        <AwardFilters
          organizationId={id}
          shown={shown}
          onChange={(change) =>
            void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
          }
        />
        {/* What was chosen is of this list, and goes with it. */}
        <List key={JSON.stringify(filter)} filter={filter} sort={shown.sort ?? 'latest'} />
      </Stack>
      {isGranting && <GrantAward organizationId={id} isOpen onClose={() => setGranting(false)} />}
    </Page>
  )
}

function List({ filter, sort }: { filter: AwardFilter; sort: NonNullable<AwardsSearch['sort']> }) {
  const may = useMay()
  const base = `/o/${useOrganization().slug}`
  const query = useInfiniteQuery(awardsQuery(filter, sort))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isAll, setAll] = useState(false)
  const [step, setStep] = useState<Step['kind'] | null>(null)
  const choose = (next: ReadonlySet<string>) => {
    setChosen(next)
    setAll(false)
  }
  const mayChoose = may('award:edit') || may('issuance:edit')
  const awards: readonly Award[] = query.data?.pages.flatMap(({ items }) => items) ?? []
  const which: Which = isAll ? { filter } : { ids: [...chosen] }
  return (
    <Await
      query={query}
      isEmpty={() => awards.length === 0}
      empty={<Nothing isFiltered={Object.values(filter).filter(Boolean).length > 1} base={base} />}
    >
      {() => (
        <Stack gap="md">
          <AwardTable
            awards={awards}
            base={base}
            chosen={isAll ? new Set(awards.map(({ id }) => id)) : chosen}
            onChoose={mayChoose ? choose : undefined}
          />
          <More pages={query} />
          {(isAll || chosen.size > 0) && (
            <BulkBar
              count={chosen.size}
              isAll={isAll}
              onAll={query.hasNextPage ? () => setAll(true) : undefined}
              onNone={() => choose(new Set())}
              onRevoke={may('award:edit') ? () => setStep('revoke') : undefined}
              onReissue={may('issuance:edit') ? () => setStep('reissue') : undefined}
            />
          )}
          {step !== null && (
            <SeveralDialog
              kind={step}
              which={which}
              awards={awards}
              onClose={() => {
                setStep(null)
                choose(new Set())
              }}
            />
          )}
        </Stack>
      )}
    </Await>
  )
}

function Nothing({ isFiltered, base }: { isFiltered: boolean; base: string }) {
  const { t } = useTranslation('people')
  const action = isFiltered ? (
    <GoButton to={`${base}/awards`} variant="default">
      {t('awards.showAll')}
    </GoButton>
  ) : (
    <GoButton to={`${base}/badges`}>{t('awards.toBadges')}</GoButton>
  )
  return (
    <Empty
      title={t(isFiltered ? 'awards.notFound' : 'awards.none')}
      picture={<Trophy size={48} aria-hidden color="var(--rosette-accent)" />}
      action={action}
    >
      {t(isFiltered ? 'awards.notFoundText' : 'awards.noneText')}
    </Empty>
  )
}

// Days are those of the reader's calendar: they begin and end at the reader's midnight.
function toFilter(organizationId: string, shown: AwardsSearch): AwardFilter {
  const { search, templateId, learnerId, standing, source, from, until } = shown
  const end = until === undefined ? undefined : new Date(`${until}T00:00:00`)
  end?.setDate(end.getDate() + 1)
  return {
    organizationId,
    search,
    templateId,
    learnerId,
    source,
    status: standing === undefined ? undefined : standing === 'revoked' ? 'revoked' : 'awarded',
    expired: standing === 'expired' ? 'true' : standing === 'in-force' ? 'false' : undefined,
    from: from === undefined ? undefined : new Date(`${from}T00:00:00`).toISOString(),
    until: end?.toISOString(),
  }
}
