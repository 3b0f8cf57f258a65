import { graphlib, layout } from '@dagrejs/dagre'

export type Place = { readonly id: string; readonly x: number; readonly y: number }
export type Link = {
  readonly from: string
  readonly to: string
  readonly by: 'rules' | 'hand'
}
export type Edge = Link & {
  /** As the `d` of a path. */
  readonly line: string
}
export type Layout = {
  readonly width: number
  readonly height: number
  readonly places: readonly Place[]
  readonly edges: readonly Edge[]
}

export const nodeSize = { width: 176, height: 148 }

type Point = { readonly x: number; readonly y: number }
type Given = {
  readonly ids: readonly string[]
  readonly links: readonly Link[]
  /** Whether the way runs from right to left. */
  readonly isMirrored: boolean
}

/** Puts each badge after those that lead to it, with as few crossings as may be. */
export function layOut({ ids, links, isMirrored }: Given): Layout {
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 64, marginx: 12, marginy: 12 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of ids) graph.setNode(id, { ...nodeSize })
  const known = new Set(ids)
  const drawn = links.filter(({ from, to }) => known.has(from) && known.has(to))
  for (const { from, to } of drawn) graph.setEdge(from, to)
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  const turn = ({ x, y }: Point) => ({ x: isMirrored ? width - x : x, y })
  return {
    width,
    height,
    places: ids.map((id) => ({ id, ...turn(graph.node(id)) })),
    edges: drawn.map(({ from, to, by }) => {
      const points: readonly Point[] = graph.edge(from, to).points
      return { from, to, by, line: lineThrough(points.map(turn)) }
    }),
  }
}

/** A soft line: the points in between pull it, the ends it reaches. */
function lineThrough(points: readonly Point[]): string {
  const [first, ...others] = points
  const last = others.at(-1)
  if (first === undefined || last === undefined) return ''
  const between = others.slice(0, -1)
  const curves = between.map((point, at) => {
    const next = between[at + 1]
    const end = next === undefined ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 }
    return `Q${round(point.x)} ${round(point.y)} ${round(end.x)} ${round(end.y)}`
  })
  const straight = between.length === 0 ? [`L${round(last.x)} ${round(last.y)}`] : curves
  return `M${round(first.x)} ${round(first.y)}${straight.join('')}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
