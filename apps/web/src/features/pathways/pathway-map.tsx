import { Box, Group, ScrollArea, Text, useDirection } from '@mantine/core'
import { Flag } from 'lucide-react'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import type { Draft, DraftBadge } from './draft.js'
import { type Edge, type Layout, layOut, nodeSize, type Place } from './layout.js'
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
  const { dir } = useDirection()
  const placed = useMemo(() => {
    const ids = map.badges.map(({ id }) => id)
    return layOut({ ids, links: map.links, isMirrored: dir === 'rtl' })
  }, [map, dir])
  const places = new Map(placed.places.map((place) => [place.id, place]))
  return (
    <ScrollArea
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}
      bg="var(--mantine-color-body)"
      style={{ borderRadius: 'var(--mantine-radius-lg)', border: '1px solid var(--rosette-line)' }}
    >
      <Box pos="relative" w={placed.width} h={placed.height} mx="auto">
        <Lines placed={placed} />
        <Box component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {map.badges.map((badge) => {
            const place = places.get(badge.id)
            return place === undefined ? null : (
              <Node
                key={badge.id}
                badge={badge}
                place={place}
                counts={counts}
                choosing={choosing}
              />
            )
          })}
        </Box>
      </Box>
    </ScrollArea>
  )
}

function Lines({ placed }: { placed: Layout }) {
  const id = useId().replace(/[^\w-]/g, '')
  const style = (by: Edge['by']) => (by === 'rules' ? {} : { strokeDasharray: '6 5' })
  return (
    <svg
      width={placed.width}
      height={placed.height}
      style={{ position: 'absolute', inset: 0 }}
      aria-hidden
    >
      <defs>
        <marker
          id={id}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0 8 4 0 8z" fill="var(--rosette-quiet)" />
        </marker>
      </defs>
      {placed.edges.map(({ from, to, by, line }) => (
        <path
          key={`${from} ${to}`}
          d={line}
          fill="none"
          stroke="var(--rosette-quiet)"
          strokeWidth={2}
          markerEnd={`url(#${id})`}
          {...style(by)}
        />
      ))}
    </svg>
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
  const look = {
    position: 'absolute',
    // Places are counted from the left in both directions of reading: the layout has turned them.
    left: place.x - nodeSize.width / 2,
    top: place.y - nodeSize.height / 2,
    width: nodeSize.width,
    height: nodeSize.height,
    borderRadius: 'var(--mantine-radius-lg)',
    border: `2px solid ${isChosen ? 'var(--rosette-accent)' : isMost ? 'var(--rosette-warn)' : 'var(--rosette-line)'}`,
    background: 'var(--rosette-card)',
    color: 'inherit',
    font: 'inherit',
    padding: 8,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: 2,
    textAlign: 'center',
  } as const
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
