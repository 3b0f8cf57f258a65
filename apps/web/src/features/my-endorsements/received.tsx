import { Group, Stack, Text } from '@mantine/core'
import { MessageSquareQuote } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { EndorsementItem } from '../../components/endorsement-item.js'
import { GoButton, GoLink } from '../../components/go.js'
import { Section } from '../../components/section.js'
import { Empty } from '../../components/states.js'
import type { Schema } from '../../lib/api.js'
import { pictureOf } from '../../lib/backpack.js'

type Received = Schema<'BadgeEndorsements'>['received']

/** What others say about one's badges: what waits for an answer first, then what they were asked for. */
export function Received({ received }: { readonly received: Received }) {
  const { t } = useTranslation('backpack')
  if (received.length === 0) {
    return (
      <Empty
        title={t('endorsements.none')}
        picture={
          <MessageSquareQuote
            size={44}
            strokeWidth={1.4}
            color="var(--rosette-accent)"
            aria-hidden
          />
        }
        action={<GoButton to="/">{t('endorsements.chooseBadge')}</GoButton>}
      >
        {t('endorsements.noneText')}
      </Empty>
    )
  }
  const of = (...states: Received[number]['endorsement']['state'][]) =>
    received.filter(({ endorsement }) => states.includes(endorsement.state))
  return (
    <Stack gap="md">
      <Part title={t('endorsements.parts.waiting')} items={of('given')} />
      <Part title={t('endorsements.parts.asked')} items={of('asked')} />
      <Part title={t('endorsements.parts.accepted')} items={of('accepted')} />
      <Part title={t('endorsements.parts.others')} items={of('hidden', 'declined', 'withdrawn')} />
    </Stack>
  )
}

function Part({ title, items }: { readonly title: string; readonly items: Received }) {
  if (items.length === 0) return null
  return (
    <Section title={title}>
      <Stack component="ul" gap="lg" p={0} m={0} style={{ listStyle: 'none' }}>
        {items.map(({ badge, endorsement }) => (
          <Stack key={endorsement.id} component="li" gap="xs">
            <Group gap="xs" wrap="nowrap">
              <Picture src={pictureOf(badge)} size={32} />
              <Text size="sm" dir="auto">
                <GoLink to={`/badges/${badge.id}`}>{badge.name}</GoLink>
              </Text>
            </Group>
            <EndorsementItem endorsement={endorsement} />
          </Stack>
        ))}
      </Stack>
    </Section>
  )
}
