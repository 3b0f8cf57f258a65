import type { Backfill } from '@rosette/contract'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { BackfillState } from '../../components/backfill-view.js'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { BackfillDetail } from '../../features/backfills/backfill-detail.js'
import { backfillQuery, isUnderWay } from '../../features/backfills/backfill-queries.js'
import { CancelBackfill } from '../../features/backfills/cancel-backfill.js'
import { RunBackfill } from '../../features/backfills/run-backfill.js'
import { useRequirementNames } from '../../features/rules/use-words.js'
import { useMay, useOrganization } from '../../lib/session.js'

export function BackfillPage() {
  const { t } = useTranslation('rules')
  const { slug } = useOrganization()
  const { backfillId } = useParams({ from: '/console/o/$organization/backfills/$backfillId' })
  const query = useQuery(backfillQuery(backfillId))
  const { data } = query
  const nameOf = useRequirementNames(data?.template.id)
  const actions = data === undefined ? undefined : <Actions backfill={data} />
  const title =
    data === undefined ? t('backfills.one') : t('backfills.of', { name: data.template.name })
  const trail = [
    <GoLink key="list" to={`/o/${slug}/backfills`}>
      {t('backfills.title')}
    </GoLink>,
  ]
  return (
    <Page
      title={title}
      trail={trail}
      {...(data !== undefined && { mark: <BackfillState state={data.state} />, actions })}
    >
      <Await query={query}>
        {(backfill) => <BackfillDetail backfill={backfill} nameOf={nameOf} />}
      </Await>
    </Page>
  )
}

function Actions({ backfill }: { readonly backfill: Backfill }) {
  const may = useMay()
  const { slug } = useOrganization()
  const navigate = useNavigate()
  if (!may('backfill:run')) return null
  if (isUnderWay(backfill)) return <CancelBackfill backfill={backfill} />
  const mayRun = backfill.kind === 'preview' || backfill.state !== 'done'
  if (!mayRun) return null
  return (
    <RunBackfill
      backfill={backfill}
      onStarted={(backfillId) =>
        void navigate({
          to: '/o/$organization/backfills/$backfillId',
          params: { organization: slug, backfillId },
        })
      }
    />
  )
}
