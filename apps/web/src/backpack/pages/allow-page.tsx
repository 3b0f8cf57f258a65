import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { Await } from '../../components/states.js'
import { Allow } from '../../features/applications/allow.js'
import { askedQuery } from '../../features/applications/application-queries.js'

export function AllowPage() {
  const { t } = useTranslation('backpack')
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  const asked = useQuery(askedQuery(params['uid'] ?? ''))
  return (
    <DoorFrame title={t('allow.title')}>
      <Await query={asked}>{(found) => <Allow asked={found} />}</Await>
    </DoorFrame>
  )
}
