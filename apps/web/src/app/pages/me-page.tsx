import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Devices } from '../../features/account/devices.js'
import { Password, Profile } from '../../features/account/profile.js'

export function MePage() {
  const { t } = useTranslation('account')
  return (
    <Page title={t('me.title')} about={t('me.about')}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Profile />
        <Password />
      </SimpleGrid>
      <Devices />
    </Page>
  )
}
