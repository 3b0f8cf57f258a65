import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../components/chips.js'
import type { State } from './issuance-queries.js'

const tones: Readonly<Record<State, Tone>> = {
  queued: 'waiting',
  issuing: 'waiting',
  issued: 'good',
  failed: 'warn',
  stopped: 'bad',
  revoking: 'waiting',
  revoked: 'quiet',
}

export function StateChip({ state }: { state: State }) {
  const { t } = useTranslation('people')
  return <Chip tone={tones[state]}>{t(`state.${state}`)}</Chip>
}
