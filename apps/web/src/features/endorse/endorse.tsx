import { Anchor, Box, Group, Stack, Text } from '@mantine/core'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import type { Schema } from '../../lib/api.js'
import { pictureOf } from '../../lib/backpack.js'
import { EndorseForm } from './endorse-form.js'

export type Asked = Schema<'EndorsementAsked'>
type Props = { readonly secret: string; readonly asked: Asked }

/** For whoever was asked to say something about a badge; no account is needed. */
export function Endorse({ secret, asked }: Props) {
  const { t } = useTranslation('backpack')
  const [decided, setDecided] = useState<'endorse' | 'refuse' | null>(null)
  const { learnerName } = asked
  if (asked.state === 'closed') return <Text>{t('endorse.closed', { name: learnerName })}</Text>
  if (decided !== null) {
    return (
      <Stack align="center" ta="center" role="status">
        <CircleCheck size={44} strokeWidth={1.4} color="var(--rosette-good)" aria-hidden />
        <Text>{t(`endorse.done.${decided}`, { name: learnerName })}</Text>
      </Stack>
    )
  }
  return (
    <Stack gap="md">
      <AskedBadge badge={asked.badge} />
      {asked.message !== '' && (
        <Box component="figure" m={0}>
          <Text size="xs" c="dimmed" component="figcaption" mb={4}>
            {t('endorse.message', { name: learnerName })}
          </Text>
          <Text
            size="sm"
            dir="auto"
            px="md"
            style={{
              whiteSpace: 'pre-line',
              borderInlineStart: '3px solid var(--rosette-accent)',
            }}
          >
            {asked.message}
          </Text>
        </Box>
      )}
      <EndorseForm secret={secret} asked={asked} onDone={setDecided} />
    </Stack>
  )
}

function AskedBadge({ badge }: Pick<Asked, 'badge'>) {
  const { t } = useTranslation('backpack')
  return (
    <Group gap="md" wrap="nowrap">
      <Picture src={pictureOf(badge)} size={88} />
      <Box miw={0}>
        <Text fw={600} dir="auto">
          {badge.name}
        </Text>
        <Text size="sm" c="dimmed" dir="auto">
          {badge.issuerName}
        </Text>
        <Text size="sm" mt={4} lineClamp={3} dir="auto">
          {badge.description}
        </Text>
        {badge.publicUrl !== null && (
          <Anchor href={badge.publicUrl} target="_blank" size="sm">
            {t('endorse.look')}
          </Anchor>
        )}
      </Box>
    </Group>
  )
}
