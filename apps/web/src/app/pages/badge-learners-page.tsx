import { SegmentedControl, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { HolderList, OnTheWayList } from '../../features/badge-editor/learner-lists.js'
import { standingQuery } from '../../features/badges/badge-queries.js'
import { format } from '../../lib/format.js'
import { useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/badges/$templateId/learners')

/** Who has a badge, who is on the way, who lost it. */
export function BadgeLearnersPage() {
  const { t } = useTranslation('badges')
  const { templateId } = route.useParams()
  const { who = 'hold' } = route.useSearch()
  const navigate = route.useNavigate()
  const organization = useOrganization().slug
  const { data } = useQuery(standingQuery(templateId))
  const counts = { hold: data?.holding, 'on-the-way': data?.onTheWay, lost: data?.lost }
  const groups = ['hold', 'on-the-way', 'lost'] as const
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('learners.label')}
        value={who}
        onChange={(value) => {
          const chosen = groups.find((one) => one === value)
          const search = chosen === undefined || chosen === 'hold' ? {} : { who: chosen }
          void navigate({ search, replace: true })
        }}
        data={groups.map((value) => {
          const count = counts[value]
          const label = t(`learners.${value}`)
          const shown = count === undefined ? undefined : format.number(count)
          return {
            value,
            label: shown === undefined ? label : t('learners.counted', { label, shown }),
          }
        })}
      />
      {who === 'on-the-way' ? (
        <OnTheWayList templateId={templateId} organization={organization} />
      ) : (
        <HolderList
          key={who}
          templateId={templateId}
          organization={organization}
          status={who === 'lost' ? 'revoked' : 'awarded'}
        />
      )}
    </Stack>
  )
}
