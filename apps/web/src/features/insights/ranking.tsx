import { Anchor, Box, Group, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { format } from '../../lib/format.js'

export type Ranked = {
  readonly key: string
  readonly name: ReactNode
  readonly picture?: ReactNode
  readonly value: number
  /** What stands at the end of the bar, if not the number. */
  readonly text?: string
}

const shownFirst = 8

/** A bar for each, the longest on top; the rest on demand. */
export function Ranking({ items, label }: { items: readonly Ranked[]; label: string }) {
  const { t } = useTranslation('insights')
  const [isWhole, setWhole] = useState(false)
  const most = Math.max(1, ...items.map(({ value }) => value))
  const shown = isWhole ? items : items.slice(0, shownFirst)
  return (
    <Stack gap="xs">
      <Stack component="ul" gap="sm" p={0} m={0} aria-label={label} style={{ listStyle: 'none' }}>
        {shown.map((item) => (
          <Row key={item.key} item={item} share={item.value / most} />
        ))}
      </Stack>
      {items.length > shown.length && (
        <Anchor component="button" type="button" size="sm" onClick={() => setWhole(true)}>
          {t('showAll', { count: items.length })}
        </Anchor>
      )}
    </Stack>
  )
}

function Row({ item, share }: { item: Ranked; share: number }) {
  const { name, picture, value, text } = item
  return (
    <Group component="li" gap="sm" wrap="nowrap">
      {picture}
      <Box flex={1} miw={0}>
        <Group justify="space-between" gap="sm" wrap="nowrap">
          <Text size="sm" lineClamp={2}>
            {name}
          </Text>
          <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
            {text ?? format.number(value)}
          </Text>
        </Group>
        <Meter share={share} />
      </Box>
    </Group>
  )
}

/** How much of the whole, as a bar; what it stands for is written beside it. */
export function Meter({ share, tone = 'accent' }: { share: number; tone?: 'accent' | 'good' }) {
  return (
    <Box
      mt={4}
      h={8}
      bg="var(--rosette-accent-bg)"
      style={{ borderRadius: 99, overflow: 'hidden' }}
      aria-hidden
    >
      <Box
        h="100%"
        w={`${Math.max(share * 100, share > 0 ? 1 : 0)}%`}
        bg={`var(--rosette-${tone})`}
        style={{ borderRadius: 99 }}
      />
    </Box>
  )
}
