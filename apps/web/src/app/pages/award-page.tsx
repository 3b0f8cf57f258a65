import { Card, Grid, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Await, Loading } from '../../components/states.js'
import { AwardActions, ShowsName } from '../../features/awards/award-actions.js'
import { AwardFacts, AwardPlaces } from '../../features/awards/award-facts.js'
import { type AwardDetail, awardQuery } from '../../features/awards/award-queries.js'
import { AwardStanding } from '../../features/awards/award-standing.js'
import { AwardTimeline } from '../../features/awards/award-timeline.js'
import { WhyChain } from '../../features/awards/why-chain.js'
import { PayloadTree } from '../../features/events/payload-tree.js'
import { useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/awards/$awardId')

/** One award: what it says, why it was granted, where it is, what happened to it. */
export function AwardPage() {
  const { t } = useTranslation('people')
  const { awardId } = route.useParams()
  const base = `/o/${useOrganization().slug}`
  const query = useQuery(awardQuery(awardId))
  const award = query.data
  const learner = award?.learner.name || award?.learner.username || ''
  return (
    <Page
      title={
        award === undefined
          ? t('award.title')
          : t('award.of', { badge: award.template.name, learner })
      }
      mark={award !== undefined && <AwardStanding award={award} />}
      trail={[
        <GoLink key="awards" to={`${base}/awards`}>
          {t('awards.title')}
        </GoLink>,
      ]}
      actions={award !== undefined && <AwardActions award={award} />}
    >
      <Await query={query} loading={<Loading rows={6} />}>
        {(found) => <Detail award={found} base={base} />}
      </Await>
    </Page>
  )
}

function Detail({ award, base }: { award: AwardDetail; base: string }) {
  const { t } = useTranslation('people')
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="lg">
          <AwardFacts award={award} base={base} />
          <Card component="section">
            <Title order={2} size="h4" mb="md">
              {t('why.heading')}
            </Title>
            <WhyChain award={award} payload={(data) => <Payload data={data} />} />
          </Card>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack gap="lg">
          <AwardPlaces award={award} base={base} />
          <Card component="section">
            <Title order={2} size="h4" mb="md">
              {t('history.title')}
            </Title>
            <AwardTimeline awardId={award.id} />
          </Card>
          {award.status === 'awarded' && (
            <Card>
              <ShowsName award={award} />
            </Card>
          )}
        </Stack>
      </Grid.Col>
    </Grid>
  )
}

function Payload({ data }: { data: unknown }) {
  const { t } = useTranslation('people')
  return <PayloadTree value={data} label={t('why.payload')} />
}
