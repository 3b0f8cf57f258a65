import { Card } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { EventView } from '../../features/events/event-view.js'
import { useSession } from '../../lib/session.js'

const route = getRouteApi('/console/platform/events/$event')

export function EventPage() {
  const { t } = useTranslation('operations')
  const { event } = route.useParams()
  const { time } = route.useSearch()
  const slug = useSession().organizations[0]?.slug
  return (
    <Page
      title={t('event.title')}
      trail={[
        <GoLink key="events" to="/platform/events">
          {t('events.title')}
        </GoLink>,
      ]}
    >
      <Card>
        <EventView id={event} time={time} slug={slug} level={2} />
      </Card>
    </Page>
  )
}
