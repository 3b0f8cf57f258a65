import { Menu, Text } from '@mantine/core'
import { Trash2 } from 'lucide-react'
import { format } from '../../lib/format.js'
import { cardTitle } from './card-title.js'
import { allWays, changePenalty, type DraftPenalty, removePenalty } from './draft.js'
import { faultAtField } from './draft-faults.js'
import { faultText } from './fault-words.js'
import { FullPenaltyForm, WaysInput } from './full-form.js'
import { iconOf } from './icons.js'
import { RuleCard } from './rule-card.js'
import { useRules } from './rules-context.js'
import { penaltySentence } from './sentence.js'
import { shapeOf } from './shape.js'
import { ShortForm } from './short-form.js'

/** What takes fulfilled requirements away, and which. */
export function PenaltyCard({ penalty }: { readonly penalty: DraftPenalty }) {
  const { draft, edit, remove, terms, faults } = useRules()
  const { say } = terms
  const shape = shapeOf(penalty)
  const title = cardTitle(penalty, terms)
  const change = (part: Parameters<typeof changePenalty>[2]) =>
    edit(changePenalty(draft, penalty.id, part))
  const resets = (
    <WaysInput
      legend={say('full.resets')}
      chosen={penalty.resets}
      ways={allWays(draft)}
      error={faultText(faultAtField(faults, penalty.id, 'requirements'), say)}
      onChange={(ids) => change({ resets: ids })}
    />
  )
  return (
    <RuleCard
      id={penalty.id}
      icon={iconOf(shape.verb)}
      title={title}
      sentence={penaltySentence(penalty, draft, terms)}
      description={penalty.description}
      hint={<EventsSeen id={penalty.id} />}
      fault={faults.find(
        ({ part, field }) => part === penalty.id && ['eventType', 'dataRules'].includes(field),
      )}
      menu={
        <Menu.Item
          leftSection={<Trash2 size={16} aria-hidden />}
          c="var(--rosette-bad)"
          onClick={() => remove(removePenalty(draft, penalty.id), title)}
        >
          {say('card.remove')}
        </Menu.Item>
      }
      short={(field) => (
        <>
          <ShortForm
            part={penalty}
            field={field}
            onChange={({ dataRules }) => dataRules && change({ dataRules })}
          />
          {resets}
        </>
      )}
      full={
        <>
          <FullPenaltyForm penalty={penalty} />
          {resets}
        </>
      }
      opensAtOnce={shape.object === undefined && penalty.dataRules.length === 0}
    />
  )
}

function EventsSeen({ id }: { readonly id: string }) {
  const { preview, terms } = useRules()
  const found = preview?.perPenalty.find((each) => each.id === id)
  if (found === undefined) return null
  return (
    <Text size="xs" c="dimmed">
      {terms.say('card.penaltySeen', { count: found.events, events: format.number(found.events) })}
    </Text>
  )
}
