import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inWords } from './duration.js'
import { type About, csvAddress, delaysQuery, type IssuingDelays } from './insight-queries.js'
import { NumberTable } from './number-table.js'
import { Question } from './question.js'

type Target = IssuingDelays['items'][number]['target']

const providerNames = { credly: 'Credly', accredible: 'Accredible', badgr: 'Badgr' } as const

/** How long it takes from the decision to the issued badge. */
export function Delays({ about }: { about: About }) {
  const { t } = useTranslation('insights')
  const title = t('delays.title')
  const nameOf = ({ kind, name }: Target) =>
    kind === 'native' ? t('delays.native') : (name ?? providerNames[kind])
  const time = (seconds: number | null) => (seconds === null ? '–' : inWords(seconds))
  return (
    <Question
      title={title}
      query={useQuery(delaysQuery(about))}
      isEmpty={({ items }) => items.length === 0}
      empty={t('delays.empty')}
      csv={csvAddress('delays', about)}
      answer={({ items }) => {
        const [slowest] = items.toSorted((a, b) => (b.median ?? 0) - (a.median ?? 0))
        if (slowest === undefined || slowest.median === null) return t('delays.none')
        return t('delays.answer', {
          target: nameOf(slowest.target),
          median: time(slowest.median),
          p90: time(slowest.p90),
        })
      }}
    >
      {({ items }) => (
        <NumberTable
          label={title}
          rows={items}
          keyOf={({ target }) => target.accountId ?? target.kind}
          columns={[
            { head: t('delays.target'), of: ({ target }) => nameOf(target) },
            { head: t('delays.median'), of: ({ median }) => time(median) },
            { head: t('delays.p90'), of: ({ p90 }) => time(p90) },
            { head: t('delays.slowest'), of: ({ slowest }) => time(slowest) },
            { head: t('delays.issued'), of: ({ issued }) => issued },
            { head: t('delays.waiting'), of: ({ waiting }) => waiting },
          ]}
        />
      )}
    </Question>
  )
}
