import { Box, ScrollArea, useDirection } from '@mantine/core'
import { type CSSProperties, type ReactNode, useId, useMemo } from 'react'
import { type Edge, type Layout, type Link, layOut, nodeSize, type Place } from './map-layout.js'

type Props<Node> = {
  readonly label: string
  readonly badges: readonly Node[]
  readonly links: readonly Link[]
  /** One badge, as an item of a list, in its place. */
  readonly children: (badge: Node, place: Place) => ReactNode
}

/** Badges with lines from each to those that follow, in the direction of reading. */
export function BadgeMap<Node extends { readonly id: string }>(props: Props<Node>) {
  const { label, badges, links, children } = props
  const { dir } = useDirection()
  const placed = useMemo(() => {
    const ids = badges.map(({ id }) => id)
    return layOut({ ids, links, isMirrored: dir === 'rtl' })
  }, [badges, links, dir])
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
          {badges.map((badge) => {
            const place = places.get(badge.id)
            return place === undefined ? null : children(badge, place)
          })}
        </Box>
      </Box>
    </ScrollArea>
  )
}

/** How a badge of the map looks, where it has its place. */
export function nodeLook(place: Place, border: string): CSSProperties {
  return {
    position: 'absolute',
    // Places are counted from the left in both directions of reading: the layout has turned them.
    left: place.x - nodeSize.width / 2,
    top: place.y - nodeSize.height / 2,
    width: nodeSize.width,
    height: nodeSize.height,
    borderRadius: 'var(--mantine-radius-lg)',
    border: `2px solid ${border}`,
    background: 'var(--rosette-card)',
    color: 'inherit',
    font: 'inherit',
    padding: 8,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: 2,
    textAlign: 'center',
  }
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
