import { useTranslation } from 'react-i18next'
import type { BackpackBadge } from '../lib/backpack.js'
import { Chip, type Tone } from './chips.js'

const tones: Readonly<Record<BackpackBadge['status'], Tone>> = {
  valid: 'good',
  expired: 'warn',
  revoked: 'bad',
  suspended: 'warn',
  waiting: 'waiting',
  invalid: 'bad',
  unknown: 'warn',
  'being-issued': 'waiting',
}

/** How a badge stands, for the one who carries it. */
export function BadgeStatus({ status }: { readonly status: BackpackBadge['status'] }) {
  const { t } = useTranslation('backpack')
  return <Chip tone={tones[status]}>{t(`status.${status}`)}</Chip>
}
