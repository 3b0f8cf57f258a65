import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { configurationQuery } from '../../features/configuration/configuration-queries.js'
import { CheckResult, Installation } from '../../features/configuration/installation.js'
import { SettingTable } from '../../features/configuration/setting-table.js'

export function ConfigurationPage() {
  const { t } = useTranslation('operations')
  const configuration = useQuery(configurationQuery)
  return (
    <Page title={t('configuration.title')} about={t('configuration.about')}>
      <Await query={configuration}>
        {(found) => (
          <Stack gap="lg">
            <CheckResult found={found} />
            <Installation found={found} />
            <Stack component="section" gap="sm" aria-labelledby="settings">
              <Title order={2} size="h4" id="settings">
                {t('configuration.settings')}
              </Title>
              <SettingTable settings={found.settings} />
            </Stack>
          </Stack>
        )}
      </Await>
    </Page>
  )
}
