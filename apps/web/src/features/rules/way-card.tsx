import { Menu, Text } from '@mantine/core'
import { ArrowDown, ArrowUp, Copy, CornerUpRight, Trash2 } from 'lucide-react'
import { format } from '../../lib/format.js'
import { cardTitle } from './card-title.js'
import {
  addWays,
  changeWay,
  type DraftRequirement,
  groupOf,
  type Move,
  movesOf,
  moveWay,
  removeWay,
} from './draft.js'
import { FullForm } from './full-form.js'
import { iconOf } from './icons.js'
import { RuleCard } from './rule-card.js'
import { useRules } from './rules-context.js'
import { waySentence } from './sentence.js'
import { shapeOf } from './shape.js'
import { ShortForm } from './short-form.js'

/** One way to fulfil a group. */
export function WayCard({ way }: { readonly way: DraftRequirement }) {
  const { draft, edit, terms, faults } = useRules()
  const shape = shapeOf(way)
  const fault = faults.find(({ part, field }) => part === way.id && isOfTheWhole(field))
  return (
    <RuleCard
      id={way.id}
      icon={iconOf(shape.verb)}
      title={cardTitle(way, terms)}
      sentence={waySentence(way, draft, terms)}
      description={way.description}
      hint={<EventsSeen id={way.id} />}
      fault={fault}
      menu={<WayMenu way={way} />}
      short={(field) => (
        <ShortForm
          part={way}
          field={field}
          onChange={(change) => edit(changeWay(draft, way.id, change))}
        />
      )}
      full={<FullForm way={way} />}
      opensAtOnce={shape.object === undefined && way.dataRules.length === 0}
    />
  )
}

function isOfTheWhole(field: string): boolean {
  return field === 'eventType' || field === 'after' || field === 'window'
}

/** How many events of the log fit: none at all is the strongest hint that something is wrong. */
function EventsSeen({ id }: { readonly id: string }) {
  const { preview, terms } = useRules()
  const found = preview?.perRequirement.find((each) => each.id === id)
  if (found === undefined) return null
  const { events, learners } = found
  if (events === 0) {
    return (
      <Text size="xs" c="var(--rosette-warn)" fw={500}>
        {terms.say('card.neverSeen')}
      </Text>
    )
  }
  return (
    <Text size="xs" c="dimmed">
      {terms.say('card.seen', {
        count: learners,
        learners: format.number(learners),
        events: format.number(events),
      })}
    </Text>
  )
}

function WayMenu({ way }: { readonly way: DraftRequirement }) {
  const { draft, edit, remove, terms } = useRules()
  const { say } = terms
  const letter = groupOf(draft, way.id)?.letter
  const moves = movesOf(draft, way.id)
  return (
    <>
      {moves.map((move) => (
        <Menu.Item
          key={typeof move === 'string' ? move : move.group}
          leftSection={<MoveIcon move={move} />}
          onClick={() => edit(moveWay(draft, way.id, move))}
        >
          {typeof move === 'string'
            ? say(`move.${move}`)
            : say('move.group', { letter: move.group })}
        </Menu.Item>
      ))}
      {letter !== undefined && (
        <Menu.Item
          leftSection={<Copy size={16} aria-hidden />}
          onClick={() => edit(addWays(draft, letter, [way]))}
        >
          {say('card.copy')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<Trash2 size={16} aria-hidden />}
        c="var(--rosette-bad)"
        onClick={() => remove(removeWay(draft, way.id), cardTitle(way, terms))}
      >
        {say('card.remove')}
      </Menu.Item>
    </>
  )
}

function MoveIcon({ move }: { readonly move: Move }) {
  const Icon = move === 'up' ? ArrowUp : move === 'down' ? ArrowDown : CornerUpRight
  return <Icon size={16} aria-hidden />
}
