import { Text, Timeline } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CircleX, Clock, PenLine, RefreshCw, Send, Stamp, Trophy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Await } from '../../components/states.js'
import { When } from '../../components/when.js'
import { type AwardHistory, awardHistoryQuery } from './award-queries.js'

type Entry = AwardHistory['items'][number]

const icons = {
  granted: Trophy,
  signed: Stamp,
  'signed-anew': RefreshCw,
  issuance: Send,
  revoked: CircleX,
  expired: Clock,
  changed: PenLine,
} as const

/** What happened to an award, the oldest first. */
export function AwardTimeline({ awardId }: { awardId: string }) {
  const { t } = useTranslation('people')
  const query = useQuery(awardHistoryQuery(awardId))
  return (
    <Await query={query}>
      {({ items }) => (
        <Timeline
          active={items.length}
          bulletSize={28}
          lineWidth={2}
          styles={{ itemTitle: { lineHeight: 1.4 } }}
          aria-label={t('history.title')}
        >
          {items.map((entry, index) => {
            const Icon = icons[entry.kind]
            return (
              <Timeline.Item
                // biome-ignore lint/suspicious/noArrayIndexKey: entries have no ids, and are never put elsewhere
                key={index}
                bullet={<Icon size={14} aria-hidden />}
                title={<EntryTitle entry={entry} />}
              >
                <Text size="sm" c="dimmed">
                  <When at={entry.at} />
                </Text>
                {entry.detail !== null && entry.kind !== 'changed' && (
                  <Text size="sm">{entry.detail}</Text>
                )}
              </Timeline.Item>
            )
          })}
        </Timeline>
      )}
    </Await>
  )
}

const changes = ['award.show-name', 'award.reissue', 'award.export'] as const

function EntryTitle({ entry }: { entry: Entry }) {
  const { t } = useTranslation('people')
  const { kind, by, state, account } = entry
  if (kind === 'issuance') {
    const known = states.find((one) => one === state) ?? 'queued'
    return account === null
      ? t(`history.own.${known}`)
      : t('history.there', { state: t(`state.${known}`), account })
  }
  if (kind === 'changed') {
    const action = changes.find((one) => one === entry.detail)
    return t(`history.changes.${action ?? 'other'}`, { who: by ?? '' })
  }
  if (kind === 'granted' || kind === 'revoked') {
    return by === null ? t(`history.${kind}`) : t(`history.${kind}By`, { who: by })
  }
  return t(`history.${kind}`)
}

const states = ['queued', 'issuing', 'issued', 'failed', 'stopped', 'revoking', 'revoked'] as const
