import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'

const tones = { draft: 'quiet', active: 'good', archived: 'warn' } as const

/** Draft, active or archived; a draft that nobody can earn yet says so. */
export function StateChip({
  template,
}: {
  template: Pick<BadgeTemplate, 'state' | 'requirements'>
}) {
  const { t } = useTranslation('badges')
  const { state, requirements } = template
  if (state === 'draft' && requirements.length === 0) {
    return <Chip tone="warn">{t('state.noRules')}</Chip>
  }
  return <Chip tone={tones[state]}>{t(`state.${state}`)}</Chip>
}
