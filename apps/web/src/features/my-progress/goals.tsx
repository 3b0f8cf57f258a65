import { SimpleGrid } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Footprints } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Await, Empty } from '../../components/states.js'
import { GoalCard } from './goal-card.js'
import { progressQuery } from './progress-queries.js'

/** All badges that somebody is on the way to, the nearest first. */
export function Goals() {
  const { t } = useTranslation('backpack')
  const goals = useQuery(progressQuery)
  return (
    <Await
      query={goals}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <Empty
          title={t('goals.none')}
          picture={
            <Footprints size={44} strokeWidth={1.4} color="var(--rosette-accent)" aria-hidden />
          }
        >
          {t('goals.noneText')}
        </Empty>
      }
    >
      {({ items }) => (
        <SimpleGrid component="ul" cols={{ base: 1, md: 2 }} p={0} m={0}>
          {items.map((goal) => (
            <GoalCard key={`${goal.template.id} ${goal.instance}`} goal={goal} />
          ))}
        </SimpleGrid>
      )}
    </Await>
  )
}
