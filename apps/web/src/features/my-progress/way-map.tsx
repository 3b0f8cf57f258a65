import { Anchor, Text } from '@mantine/core'
import { CircleCheck, CircleDashed, Footprints } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgeMap, nodeLook } from '../../components/badge-map.js'
import { Picture } from '../../components/badge-picture.js'
import type { Place } from '../../components/map-layout.js'
import { pictureOf } from '../../lib/backpack.js'
import { format } from '../../lib/format.js'
import type { Way, WayBadge } from './progress-queries.js'

/** One pathway as a map: what one holds, what one is on the way to, and what is still ahead. */
export function WayMap({ way }: { readonly way: Way }) {
  const { t } = useTranslation('backpack')
  const badges = useMemo(
    () => way.badges.map((badge) => ({ ...badge, id: badge.templateId })),
    [way.badges],
  )
  const links = useMemo(
    () => way.links.map((link) => ({ ...link, by: 'rules' as const })),
    [way.links],
  )
  return (
    <BadgeMap label={t('ways.mapOf', { name: way.name })} badges={badges} links={links}>
      {(badge, place) => <Node key={badge.id} badge={badge} place={place} />}
    </BadgeMap>
  )
}

const looks = {
  held: { border: 'var(--rosette-good)', icon: CircleCheck, colour: 'var(--rosette-good)' },
  'on-the-way': {
    border: 'var(--rosette-accent)',
    icon: Footprints,
    colour: 'var(--rosette-accent)',
  },
  open: {
    border: 'var(--rosette-line)',
    icon: CircleDashed,
    colour: 'var(--mantine-color-dimmed)',
  },
} as const

function Node({ badge, place }: { readonly badge: WayBadge; readonly place: Place }) {
  const { t } = useTranslation('backpack')
  const { standing, ratio, name } = badge
  const { border, icon: Icon, colour } = looks[standing]
  return (
    <li style={nodeLook(place, border)}>
      <span style={standing === 'open' ? { filter: 'grayscale(1)', opacity: 0.6 } : {}}>
        <Picture src={pictureOf(badge)} size={52} />
      </span>
      <Anchor
        href={badge.publicUrl}
        c="var(--mantine-color-text)"
        size="sm"
        fw={600}
        lh={1.25}
        lineClamp={2}
        dir="auto"
      >
        {name}
      </Anchor>
      <Text
        size="xs"
        mt="auto"
        c={colour}
        component="span"
        style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}
      >
        <Icon size={13} aria-hidden />
        {standing === 'on-the-way'
          ? t('ways.standing.ratio', { percent: format.percent(ratio) })
          : t(`ways.standing.${standing}`)}
      </Text>
    </li>
  )
}
