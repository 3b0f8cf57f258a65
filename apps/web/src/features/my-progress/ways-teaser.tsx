import { Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { GoLink } from '../../components/go.js'
import { Section } from '../../components/section.js'
import { pictureOf } from '../../lib/backpack.js'
import { format } from '../../lib/format.js'
import { pathwaysQuery, type Way } from './progress-queries.js'

/** Where one's badges lead, each pathway as a row of pictures; those still to be earned are pale. */
export function WaysTeaser() {
  const { t } = useTranslation('backpack')
  const { data } = useQuery(pathwaysQuery)
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section
      title={t('ways.title')}
      actions={
        <Text size="sm">
          <GoLink to="/on-the-way#pathways">{t('ways.map')}</GoLink>
        </Text>
      }
    >
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {data.items.slice(0, 2).map((way) => (
          <Strip key={way.id} way={way} />
        ))}
      </Stack>
    </Section>
  )
}

function Strip({ way }: { readonly way: Way }) {
  const { t } = useTranslation('backpack')
  const held = way.badges.filter(({ standing }) => standing === 'held').length
  const inOrder = way.badges.toSorted((a, b) => a.level - b.level)
  return (
    <Stack component="li" gap={6}>
      <Text size="sm" fw={600} dir="auto">
        {way.name}
      </Text>
      <Group gap={4} aria-hidden>
        {inOrder.slice(0, 7).map((badge, at) => (
          <Fragment key={badge.templateId}>
            {at > 0 && <span style={{ width: 8, height: 2, background: 'var(--rosette-line)' }} />}
            <span
              style={badge.standing === 'held' ? {} : { filter: 'grayscale(1)', opacity: 0.45 }}
            >
              <Picture src={pictureOf(badge)} size={34} />
            </span>
          </Fragment>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        {t('ways.held', {
          count: way.badges.length,
          held: format.number(held),
          all: format.number(way.badges.length),
        })}
      </Text>
    </Stack>
  )
}
