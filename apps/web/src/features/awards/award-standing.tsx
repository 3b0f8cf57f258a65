import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import type { Award } from './award-queries.js'

/** Whether the award is in force. */
export function AwardStanding({ award }: { award: Pick<Award, 'status' | 'expired'> }) {
  const { t } = useTranslation('people')
  if (award.status === 'revoked') return <Chip tone="bad">{t('standing.revoked')}</Chip>
  if (award.expired) return <Chip tone="warn">{t('standing.expired')}</Chip>
  return <Chip tone="good">{t('standing.in-force')}</Chip>
}
