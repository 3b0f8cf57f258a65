import { Box, SimpleGrid, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { format } from '../../lib/format.js'
import { type About, csvAddress, type PublicCounts, publicCountsQuery } from './insight-queries.js'
import { NumberTable } from './number-table.js'
import { Question } from './question.js'
import { TimeChart } from './time-chart.js'

const kinds = [
  'awardViews',
  'badgeViews',
  'visits',
  'shares',
  'downloads',
  'verifications',
] as const

/** Whether anybody looks at the badges, takes them along, and checks them. */
export function LookedAt({ about }: { about: About }) {
  const { t } = useTranslation('insights')
  const title = t('looked.title')
  return (
    <Question
      title={title}
      query={useQuery(publicCountsQuery(about))}
      isEmpty={({ totals, badges }) =>
        kinds.every((kind) => totals[kind] === 0) && badges.length === 0
      }
      empty={t('looked.empty')}
      csv={csvAddress('public-pages', about)}
      answer={({ totals }) => t('looked.answer', { count: totals.awardViews + totals.badgeViews })}
      table={({ badges }) => <ByBadge label={title} badges={badges} />}
    >
      {({ totals, items }) => (
        <>
          <Totals totals={totals} />
          <TimeChart
            data={items}
            interval={about.interval}
            label={t('looked.answer', { count: totals.awardViews + totals.badgeViews })}
            series={[
              { name: 'awardViews', label: t('looked.awardViews'), tone: 'accent' },
              { name: 'badgeViews', label: t('looked.badgeViews'), tone: 'good', isStriped: true },
            ]}
          />
          <Text size="sm" c="dimmed">
            {t('looked.about')}
          </Text>
        </>
      )}
    </Question>
  )
}

function Totals({ totals }: { totals: PublicCounts['totals'] }) {
  const { t } = useTranslation('insights')
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 3, lg: 6 }} m={0} spacing="sm">
      {kinds.map((kind) => (
        <Box key={kind} p="sm" bg="var(--mantine-color-body)" style={{ borderRadius: 12 }}>
          <Text component="dt" size="sm" c="dimmed">
            {t(`looked.${kind}`)}
          </Text>
          <Text component="dd" m={0} fz={24} fw={600} lh={1.2}>
            {format.number(totals[kind])}
          </Text>
        </Box>
      ))}
    </SimpleGrid>
  )
}

function ByBadge({ label, badges }: { label: string; badges: PublicCounts['badges'] }) {
  const { t } = useTranslation('insights')
  return (
    <NumberTable
      label={label}
      rows={badges}
      keyOf={({ template }) => template.id}
      columns={[
        { head: t('badge'), of: ({ template }) => template.name },
        ...kinds.map((kind) => ({
          head: t(`looked.${kind}`),
          of: (row: PublicCounts['badges'][number]) => row[kind],
        })),
        { head: t('looked.awards'), of: ({ awards }) => awards },
        { head: t('looked.claimed'), of: ({ claimed }) => claimed },
      ]}
    />
  )
}
