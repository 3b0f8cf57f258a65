import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Await, Loading } from '../../components/states.js'
import { issuanceQuery } from '../../features/issuances/issuance-queries.js'
import { IssuanceView } from '../../features/issuances/issuance-view.js'
import { StateChip } from '../../features/issuances/state-chip.js'
import { useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/issuances/$issuanceId')

/** One badge on its way to its target. */
export function IssuancePage() {
  const { t } = useTranslation('people')
  const { issuanceId } = route.useParams()
  const base = `/o/${useOrganization().slug}`
  const query = useQuery(issuanceQuery(issuanceId))
  const issuance = query.data
  const learner = issuance?.learner.name || issuance?.learner.username || ''
  return (
    <Page
      title={
        issuance === undefined
          ? t('issuances.one')
          : t('award.of', { badge: issuance.template.name, learner })
      }
      mark={issuance !== undefined && <StateChip state={issuance.state} />}
      trail={[
        <GoLink key="issuances" to={`${base}/issuances`}>
          {t('issuances.title')}
        </GoLink>,
      ]}
    >
      <Await query={query} loading={<Loading rows={6} />}>
        {(found) => <IssuanceView issuance={found} base={base} />}
      </Await>
    </Page>
  )
}
