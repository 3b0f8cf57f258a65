import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import type { EventDetail } from './event-queries.js'

type Props = { readonly event: EventDetail; readonly slug: string | undefined }

/** What an event did, sentence by sentence. */
export function EventEffects({ event, slug }: Props) {
  const { t } = useTranslation('operations')
  const { learner, marks, awards } = event
  const who = learner === null ? '' : learner.name || learner.username
  const sentences = [
    ...marks.map(({ template, requirement, as }) => ({
      key: `${template.id} ${requirement}`,
      to: `badges/${template.id}`,
      text: t(as.includes('reset') ? 'event.reset' : 'event.fulfilled', {
        requirement,
        badge: template.name,
        who,
      }),
    })),
    ...awards.map(({ id, template, role }) => ({
      key: `${id} ${role}`,
      to: `awards/${id}`,
      text: t(role === 'granted' ? 'event.granted' : 'event.revoked', {
        badge: template.name,
        who,
      }),
    })),
  ]
  if (sentences.length === 0) return <Text c="dimmed">{t('event.nothing')}</Text>
  return (
    <Stack component="ul" gap={4} m={0} ps="lg">
      {sentences.map(({ key, to, text }) => (
        <li key={key}>
          {slug === undefined ? text : <GoLink to={`/o/${slug}/${to}`}>{text}</GoLink>}
        </li>
      ))}
    </Stack>
  )
}
