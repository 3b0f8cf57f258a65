import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Devices } from '../../features/account/devices.js'

export function MePage() {
  const { t } = useTranslation('account')
  return (
    <Page title={t('me.title')} about={t('me.about')}>
      <Devices />
    </Page>
  )
}
