import { Card, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Provider, providerNames, providers } from './provider-queries.js'

/** The first step: where the account is. */
export function ChooseProvider({ onChoose }: { onChoose: (provider: Provider) => void }) {
  const { t } = useTranslation('operations')
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {providers.map((provider) => (
        <UnstyledButton key={provider} onClick={() => onChoose(provider)} h="100%">
          <Card h="100%">
            <Stack gap={4}>
              <Text fw={600} fz="lg">
                {providerNames[provider]}
              </Text>
              <Text size="sm" c="dimmed">
                {t(`providers.needs.${provider}`)}
              </Text>
            </Stack>
          </Card>
        </UnstyledButton>
      ))}
    </SimpleGrid>
  )
}
