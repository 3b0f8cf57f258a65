import { Group, NativeSelect, SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Delays } from '../../features/insights/delays.js'
import { EarnedByBadge, EarnedByCourse, EarnedOverTime } from '../../features/insights/earned.js'
import { badgeChoiceQuery } from '../../features/insights/insight-queries.js'
import { LookedAt } from '../../features/insights/looked-at.js'
import {
  insightIntervals,
  insightPeriods,
  periodFrom,
  usualInterval,
  usualPeriod,
} from '../../features/insights/period.js'
import { Funnels, Stops } from '../../features/insights/stops.js'
import { useOrganization } from '../../lib/session.js'

const from = '/console/o/$organization/insights'

/** What has come of the badges: each chart answers a question. */
export function InsightsPage() {
  const { t } = useTranslation('insights')
  const { id: organizationId, slug } = useOrganization()
  const { period = usualPeriod, interval = usualInterval(period), badge } = useSearch({ from })
  const about = useMemo(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const ends = periodFrom(period, new Date())
    return { organizationId, templateId: badge, interval, timeZone, ...ends }
  }, [organizationId, badge, interval, period])
  return (
    <Page title={t('title')} about={t('about')}>
      <Filters />
      <Stack gap="lg">
        <EarnedOverTime about={about} />
        {badge === undefined ? (
          <>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <EarnedByBadge about={about} />
              <EarnedByCourse about={about} />
            </SimpleGrid>
            <Funnels
              about={about}
              link={({ id, name }) => (
                <GoLink to={`/o/${slug}/insights?badge=${id}`}>{name}</GoLink>
              )}
            />
          </>
        ) : (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <Stops about={about} />
            <EarnedByCourse about={about} />
          </SimpleGrid>
        )}
        <Delays about={about} />
        <LookedAt about={about} />
      </Stack>
    </Page>
  )
}

function Filters() {
  const { t } = useTranslation('insights')
  const { id } = useOrganization()
  const search = useSearch({ from })
  const { period = usualPeriod, badge } = search
  const navigate = useNavigate({ from: '/o/$organization/insights' })
  const { data: badges = [] } = useQuery(badgeChoiceQuery(id))
  const change = (changes: Partial<typeof search>) =>
    void navigate({ search: { ...search, ...changes }, replace: true })
  return (
    <Group gap="md" align="flex-end" component="search">
      <NativeSelect
        label={t('filter.period')}
        value={period}
        data={insightPeriods.map((value) => ({ value, label: t(`filter.${value}`) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ period: insightPeriods.find((one) => one === value), interval: undefined })
        }
      />
      <NativeSelect
        label={t('filter.interval')}
        value={search.interval ?? usualInterval(period)}
        data={insightIntervals.map((value) => ({ value, label: t(`filter.by.${value}`) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ interval: insightIntervals.find((one) => one === value) })
        }
      />
      <NativeSelect
        label={t('filter.badge')}
        value={badge ?? ''}
        maw="100%"
        data={[
          { value: '', label: t('filter.allBadges') },
          ...badges.map(({ id: value, name: label }) => ({ value, label })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          change({ badge: value === '' ? undefined : value })
        }
      />
    </Group>
  )
}
