import { Group, Text } from '@mantine/core'
import { Flag } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { BadgeMap, nodeLook } from '../../components/badge-map.js'
import { BadgePicture } from '../../components/badge-picture.js'
import type { Place } from '../../components/map-layout.js'
import type { Draft, DraftBadge } from './draft.js'
import type { Distribution } from './pathway-queries.js'

type Choosing = {
  readonly chosen: string | null
  /** A badge was pressed. */
  readonly onPress: (id: string) => void
}
type Props = {
  readonly label: string
  readonly map: Draft
  readonly counts?: Distribution | undefined
  /** Where badges can be pressed to connect them. */
  readonly choosing?: Choosing | undefined
}

/** The badges with their pictures, and lines from each to those that follow. */
export function PathwayMap({ label, map, counts, choosing }: Props) {
  return (
    <BadgeMap label={label} badges={map.badges} links={map.links}>
      {(badge, place) => (
        <Node key={badge.id} badge={badge} place={place} counts={counts} choosing={choosing} />
      )}
    </BadgeMap>
  )
}

type NodeProps = {
  readonly badge: DraftBadge
  readonly place: Place
  readonly counts: Distribution | undefined
  readonly choosing: Choosing | undefined
}

function Node({ badge, place, counts, choosing }: NodeProps) {
  const isMost = counts?.mostStopAt === badge.id
  const isChosen = choosing?.chosen === badge.id
  const border = isChosen ? 'accent' : isMost ? 'warn' : 'line'
  const look = nodeLook(place, `var(--rosette-${border})`)
  const content = <NodeContent badge={badge} counts={counts} isMost={isMost} />
  if (choosing === undefined) return <li style={look}>{content}</li>
  return (
    <li>
      <button
        type="button"
        aria-pressed={isChosen}
        style={{ ...look, cursor: 'pointer' }}
        onClick={() => choosing.onPress(badge.id)}
      >
        {content}
      </button>
    </li>
  )
}

type ContentProps = {
  readonly badge: DraftBadge
  readonly counts: Distribution | undefined
  readonly isMost: boolean
}

function NodeContent({ badge, counts, isMost }: ContentProps) {
  const { t } = useTranslation('insights')
  const count = counts?.badges.find(({ templateId }) => templateId === badge.id)
  return (
    <>
      <BadgePicture templateId={badge.id} size={52} />
      <Text size="sm" fw={600} lineClamp={2} lh={1.25} component="span">
        {badge.name}
      </Text>
      <Group gap={4} justify="center" mt="auto">
        {badge.isMilestone && (
          <Flag
            size={13}
            role="img"
            aria-label={t('pathway.milestone')}
            color="var(--rosette-accent)"
          />
        )}
        <Text size="xs" c={isMost ? 'var(--rosette-warn)' : 'dimmed'} component="span">
          {isMost
            ? t('pathway.most')
            : count !== undefined
              ? t('pathway.holders', { count: count.holders })
              : badge.state === 'active'
                ? ''
                : t(`pathway.${badge.state}`)}
        </Text>
      </Group>
    </>
  )
}
