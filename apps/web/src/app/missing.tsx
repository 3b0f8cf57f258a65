import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page } from '../components/page.js'
import { Empty } from '../components/states.js'
import { areaPath } from '../config/places.js'

export function Missing() {
  const { t } = useTranslation()
  return (
    <Page title={t('missing.title')}>
      <Empty
        title={t('missing.heading')}
        action={<Anchor href={areaPath}>{t('missing.home')}</Anchor>}
      >
        {t('missing.text')}
      </Empty>
    </Page>
  )
}
