import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import {
  type About,
  type AwardsOverTime,
  awardsByBadgeQuery,
  awardsByCourseQuery,
  awardsOverTimeQuery,
  csvAddress,
} from './insight-queries.js'
import { NumberTable } from './number-table.js'
import { Question } from './question.js'
import { Ranking } from './ranking.js'
import { dayText, TimeChart } from './time-chart.js'

/** How many badges were earned, and taken back, over time. */
export function EarnedOverTime({ about }: { about: About }) {
  const { t } = useTranslation('insights')
  const title = t(`earned.title.${about.interval}`)
  const sentence = ({ awarded, revoked }: AwardsOverTime) =>
    revoked === 0
      ? t('earned.answer', { count: awarded })
      : t('earned.answerRevoked', { count: awarded, revoked })
  return (
    <Question
      title={title}
      query={useQuery(awardsOverTimeQuery(about))}
      isEmpty={({ awarded, revoked }) => awarded + revoked === 0}
      empty={t('earned.empty')}
      csv={csvAddress('awards', about)}
      answer={sentence}
      table={({ items }) => (
        <NumberTable
          label={title}
          rows={items.toReversed()}
          keyOf={({ start }) => start}
          columns={[
            { head: t(`starting.${about.interval}`), of: ({ start }) => dayText(start) },
            { head: t('earned.awarded'), of: ({ awarded }) => awarded },
            { head: t('earned.revoked'), of: ({ revoked }) => revoked },
          ]}
        />
      )}
    >
      {(data) => (
        <TimeChart
          data={data.items}
          interval={about.interval}
          label={sentence(data)}
          series={[
            { name: 'awarded', label: t('earned.awarded'), tone: 'accent' },
            { name: 'revoked', label: t('earned.revoked'), tone: 'bad', isStriped: true },
          ]}
        />
      )}
    </Question>
  )
}

/** Which badges are earned most. */
export function EarnedByBadge({ about }: { about: About }) {
  const { t } = useTranslation('insights')
  const title = t('byBadge.title')
  return (
    <Question
      title={title}
      query={useQuery(awardsByBadgeQuery(about))}
      isEmpty={({ items }) => items.length === 0}
      empty={t('byBadge.empty')}
      csv={csvAddress('badges', about)}
      table={({ items }) => (
        <NumberTable
          label={title}
          rows={items}
          keyOf={({ template }) => template.id}
          columns={[
            { head: t('badge'), of: ({ template }) => template.name },
            { head: t('earned.awarded'), of: ({ awarded }) => awarded },
            { head: t('earned.revoked'), of: ({ revoked }) => revoked },
            { head: t('learners'), of: ({ learners }) => learners },
          ]}
        />
      )}
    >
      {({ items }) => (
        <Ranking
          label={title}
          items={items.map(({ template, awarded }) => ({
            key: template.id,
            name: template.name,
            picture: <BadgePicture templateId={template.id} size={36} />,
            value: awarded,
          }))}
        />
      )}
    </Question>
  )
}

/** Which courses lead to badges. */
export function EarnedByCourse({ about }: { about: About }) {
  const { t } = useTranslation('insights')
  const title = t('byCourse.title')
  const nameOf = (course: string | null) => course ?? t('byCourse.none')
  return (
    <Question
      title={title}
      query={useQuery(awardsByCourseQuery(about))}
      isEmpty={({ items }) => items.length === 0}
      empty={t('byCourse.empty')}
      csv={csvAddress('courses', about)}
      answer={({ isPartial, looked }) =>
        isPartial ? t('byCourse.partial', { count: looked }) : t('byCourse.about')
      }
      table={({ items }) => (
        <NumberTable
          label={title}
          rows={items}
          keyOf={({ course }) => course ?? ''}
          columns={[
            { head: t('course'), of: ({ course }) => nameOf(course) },
            { head: t('earned.awarded'), of: ({ awarded }) => awarded },
            { head: t('learners'), of: ({ learners }) => learners },
          ]}
        />
      )}
    >
      {({ items }) => (
        <Ranking
          label={title}
          items={items.map(({ course, awarded }) => ({
            key: course ?? '',
            name: <bdi>{nameOf(course)}</bdi>,
            value: awarded,
          }))}
        />
      )}
    </Question>
  )
}
