import { useTranslation } from 'react-i18next'
import { GoButton } from '../components/go.js'
import { Page } from '../components/page.js'
import { Empty } from '../components/states.js'

export function Missing() {
  const { t } = useTranslation(['backpack', 'common'])
  return (
    <Page title={t('common:missing.title')}>
      <Empty
        title={t('common:missing.heading')}
        action={<GoButton to="/">{t('home.go')}</GoButton>}
      >
        {t('common:missing.text')}
      </Empty>
    </Page>
  )
}
