import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { Fragment } from 'react'
import type { DraftGroup } from './draft.js'
import classes from './rules.module.css'
import { useRules } from './rules-context.js'
import { WayCard } from './way-card.js'

type Props = { readonly group: DraftGroup; readonly onAddWay: () => void }

/** Requirements that stand in for each other, with "or" between them. */
export function GroupCard({ group: { letter, ways }, onAddWay }: Props) {
  const { terms, mayEdit } = useRules()
  const { say } = terms
  const name = ways.length > 1 ? say('group.any', { letter }) : say('group.one', { letter })
  return (
    // biome-ignore lint/a11y/useSemanticElements: its name stands beside its letter, not in a legend
    <div role="group" aria-label={name} className={classes.group}>
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap">
          <span className={classes.letter} aria-hidden>
            {letter}
          </span>
          <Text fw={600} size="sm" aria-hidden>
            {ways.length > 1 ? say('group.anyShown') : say('group.oneShown')}
          </Text>
        </Group>
        <div>
          {ways.map((way, index) => (
            <Fragment key={way.id}>
              {index > 0 && <div className={classes.between}>{say('group.or')}</div>}
              <WayCard way={way} />
            </Fragment>
          ))}
        </div>
        {mayEdit && (
          <Button
            size="sm"
            variant="subtle"
            leftSection={<Plus size={16} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            aria-label={say('group.addWayTo', { letter })}
            onClick={onAddWay}
          >
            {say('group.addWay')}
          </Button>
        )}
      </Stack>
    </div>
  )
}
