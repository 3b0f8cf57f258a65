import { Box, Stack } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Devices } from '../../features/account/devices.js'
import { Password, Profile } from '../../features/account/profile.js'
import { ConnectedApplications } from '../../features/applications/connected.js'
import { BadgeHosts } from '../../features/badge-hosts/host-list.js'
import { Addresses } from '../../features/my-account/addresses.js'
import { LanguageCard } from '../../features/my-account/language.js'
import { MailChoicesCard } from '../../features/my-account/mail-choices.js'
import { EraseCard, ExportCard } from '../../features/my-account/take-out.js'
import classes from './settings.module.css'

export function SettingsPage() {
  const { t } = useTranslation('backpack')
  useEffect(() => {
    // The part that a link named is there only now.
    document.getElementById(window.location.hash.slice(1))?.scrollIntoView()
  }, [])
  return (
    <Page title={t('nav.settings')} about={t('settings.about')}>
      <Box className={classes['columns']}>
        <Stack gap="md" miw={0}>
          <Addresses />
          <ConnectedApplications />
          <BadgeHosts />
          <Devices />
        </Stack>
        <Stack gap="md" miw={0}>
          <Profile />
          <LanguageCard />
          <MailChoicesCard />
          <Password />
          <ExportCard />
          <EraseCard />
        </Stack>
      </Box>
    </Page>
  )
}
