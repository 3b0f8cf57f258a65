import { SimpleGrid, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { dashboardQuery } from '../../features/dashboard/dashboard-queries.js'
import { Figures } from '../../features/dashboard/figures.js'
import { FirstSteps } from '../../features/dashboard/first-steps.js'
import { LatestAwards } from '../../features/dashboard/latest-awards.js'
import { Needs } from '../../features/dashboard/needs.js'
import { useMay, useOrganization } from '../../lib/session.js'

export function DashboardPage() {
  const { t } = useTranslation('operations')
  const { id, name } = useOrganization()
  const may = useMay()
  const dashboard = useQuery(dashboardQuery(id))
  return (
    <Page title={t('dashboard.title')} about={t('dashboard.text', { organization: name })}>
      <Await query={dashboard} loading={<Shape />}>
        {(data) => (
          <Stack gap="md">
            {may('template:edit') && <FirstSteps steps={data.firstSteps} />}
            <Figures dashboard={data} />
            <Needs needs={data.needs} />
            <LatestAwards awards={data.latestAwards} />
          </Stack>
        )}
      </Await>
    </Page>
  )
}

function Shape() {
  const { t } = useTranslation('operations')
  return (
    <Stack gap="md" role="status">
      <VisuallyHidden>{t('dashboard.loading')}</VisuallyHidden>
      <SimpleGrid cols={{ base: 2, lg: 4 }} aria-hidden>
        {['events', 'awards', 'revocations', 'issued'].map((kind) => (
          <Skeleton key={kind} height={156} radius="lg" />
        ))}
      </SimpleGrid>
      <Skeleton height={180} radius="lg" aria-hidden />
      <Skeleton height={200} radius="lg" aria-hidden />
    </Stack>
  )
}
