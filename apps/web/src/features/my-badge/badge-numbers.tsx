import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.js'
import type { BadgeDetail } from '../../lib/backpack.js'
import { format } from '../../lib/format.js'
import classes from './my-badge.module.css'

const kinds = ['view', 'share', 'download', 'verify'] as const

/** How often others have looked at an award of this site; counted without knowing who. */
export function BadgeNumbers({ counts }: Pick<BadgeDetail, 'counts'>) {
  const { t } = useTranslation('backpack')
  return (
    <Section title={t('numbers.title')} about={t('numbers.about')}>
      <dl className={classes['numbers']}>
        {kinds.map((kind) => (
          <div key={kind}>
            <Text component="dt" size="sm" c="dimmed">
              {t(`numbers.${kind}`)}
            </Text>
            <Text component="dd" m={0} fz={26} fw={600} lh={1.2}>
              {format.number(counts[kind])}
            </Text>
          </div>
        ))}
      </dl>
    </Section>
  )
}
