import { Anchor, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Await } from '../../components/states.js'
import { pathwaysQuery } from './progress-queries.js'
import { WayMap } from './way-map.js'

/** The pathways on which one's badges lie. */
export function Ways() {
  const { t } = useTranslation('backpack')
  const ways = useQuery(pathwaysQuery)
  return (
    <Await query={ways} isEmpty={({ items }) => items.length === 0} empty={null}>
      {({ items }) => (
        <Stack component="section" gap="md" id="pathways" aria-labelledby="pathways-title">
          <Title order={2} size="h4" id="pathways-title">
            {t('ways.title')}
          </Title>
          {items.map((way) => (
            <Stack key={way.id} gap="xs">
              <Title order={3} size="h5" dir="auto">
                <Anchor inherit href={way.publicUrl}>
                  {way.name}
                </Anchor>
              </Title>
              {way.description !== '' && (
                <Text size="sm" c="dimmed" dir="auto">
                  {way.description}
                </Text>
              )}
              <WayMap way={way} />
            </Stack>
          ))}
        </Stack>
      )}
    </Await>
  )
}
