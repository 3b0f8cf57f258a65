import { Box, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { PartyPopper } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { GoButton, GoLink } from '../../components/go.js'
import { type BackpackBadge, overviewQuery, pictureOf } from '../../lib/backpack.js'
import { queries } from '../../lib/queries.js'
import { Confetti } from './confetti.js'
import { freshQuery, markSeen } from './fresh-queries.js'
import classes from './my-badges.module.css'

/** What has come since the last visit, on top. It stays until the page is left; the next visit does not show it again. */
export function Fresh() {
  const { t } = useTranslation('backpack')
  const fresh = useQuery(freshQuery)
  const badges = fresh.data?.items ?? []
  const { mutate: see } = useMutation({
    mutationFn: markSeen,
    onSuccess: () => queries.invalidateQueries(overviewQuery),
  })
  const hasSome = badges.length > 0
  useEffect(() => {
    if (hasSome) see()
  }, [hasSome, see])
  if (!hasSome) return null
  return (
    <Card component="section" aria-labelledby="fresh" className={classes['fresh']} padding="xl">
      <Confetti />
      <Stack gap="lg">
        <Group gap="sm" wrap="nowrap">
          <PartyPopper size={24} color="var(--rosette-accent)" aria-hidden />
          <Title order={2} size="h3" id="fresh">
            {t('fresh.title', { count: badges.length })}
          </Title>
        </Group>
        <Group gap="xl" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {badges.map((badge) => (
            <FreshBadge key={badge.id} badge={badge} />
          ))}
        </Group>
      </Stack>
    </Card>
  )
}

function FreshBadge({ badge }: { readonly badge: BackpackBadge }) {
  const { t } = useTranslation('backpack')
  const to = `/badges/${badge.id}`
  return (
    <Group component="li" gap="md" wrap="nowrap">
      <Picture src={pictureOf(badge)} size={112} />
      <Box miw={0}>
        <Text fw={600} size="lg" lh={1.3} dir="auto">
          <GoLink to={to}>{badge.name}</GoLink>
        </Text>
        <Text size="sm" c="dimmed" dir="auto">
          {badge.issuer.name}
        </Text>
        <GoButton
          to={to}
          size="xs"
          mt="xs"
          variant="default"
          label={t('fresh.lookAt', { name: badge.name })}
        >
          {t('fresh.look')}
        </GoButton>
      </Box>
    </Group>
  )
}
