import { Anchor, Box, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BadgeEndorsement } from '../lib/backpack.js'
import { type Decision, decideEndorsement } from '../lib/endorsements.js'
import { Chip, type Tone } from './chips.js'
import { PersonPicture } from './person-picture.js'
import { tellDone, tellProblem } from './tell.js'
import { When } from './when.js'

type State = BadgeEndorsement['state']

const tones: Readonly<Record<State, Tone>> = {
  asked: 'waiting',
  given: 'warn',
  accepted: 'good',
  declined: 'quiet',
  hidden: 'quiet',
  withdrawn: 'quiet',
}
/** What may be done with it, the likelier first. */
const decisions: Readonly<Record<State, readonly Decision[]>> = {
  asked: ['withdraw'],
  given: ['accept', 'decline'],
  accepted: ['hide'],
  hidden: ['show'],
  declined: [],
  withdrawn: [],
}

/** What one person says about a badge, and what its owner may do with it. */
export function EndorsementItem({ endorsement }: { readonly endorsement: BadgeEndorsement }) {
  const { t } = useTranslation('backpack')
  const { id, name, email, state, comment, askedAt, givenAt, credentialUrl } = endorsement
  const at = givenAt ?? askedAt
  const decide = useMutation({
    mutationFn: (decision: Decision) => decideEndorsement(id, decision),
    onSuccess: (_, decision) => tellDone(t(`endorsements.done.${decision}`, { name })),
    onError: tellProblem,
  })
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <PersonPicture name={name} />
      <Box flex={1} miw={0}>
        <Group gap="xs">
          <Text fw={600} size="sm" dir="auto">
            {name}
          </Text>
          <Chip tone={tones[state]}>{t(`endorsements.state.${state}`)}</Chip>
        </Group>
        <Text size="xs" c="dimmed">
          {email !== null && `${email} · `}
          {at !== null && <When at={at} />}
        </Text>
        {comment !== '' && (
          <Text size="sm" mt={6} dir="auto" ta="start" style={{ whiteSpace: 'pre-line' }}>
            {comment}
          </Text>
        )}
        <Group gap="xs" mt={8}>
          {decisions[state].map((decision, at) => (
            <Button
              key={decision}
              size="compact-sm"
              variant={at === 0 && state === 'given' ? 'filled' : 'default'}
              loading={decide.isPending && decide.variables === decision}
              onClick={() => decide.mutate(decision)}
              aria-label={t(`endorsements.doFor.${decision}`, { name })}
            >
              {t(`endorsements.do.${decision}`)}
            </Button>
          ))}
          {credentialUrl !== null && (
            <Anchor href={credentialUrl} size="xs">
              {t('endorsements.signed')}
            </Anchor>
          )}
        </Group>
      </Box>
    </Group>
  )
}
