import { Anchor, Box, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import type { Schema } from '../../lib/api.js'
import { useSession } from '../../lib/session.js'
import { ApplicationPicture } from './application-picture.js'
import { decide } from './application-queries.js'
import { ScopeWords } from './scope-words.js'

type Props = { readonly asked: Schema<'AuthorizationRequest'> }

/** What an application asks for, in words; it gets nothing before it is allowed. */
export function Allow({ asked }: Props) {
  const { t } = useTranslation('backpack')
  const { user } = useSession()
  const { uid, application, scopes, returnsTo } = asked
  const choose = useMutation({
    mutationFn: (isAllowed: boolean) => decide(uid, isAllowed),
    onSuccess: (to) => window.location.assign(to),
  })
  // Once it has been decided, the page only waits to be left.
  const isOver = choose.isPending || choose.isSuccess
  return (
    <Stack gap="md">
      <Group gap="md" wrap="nowrap">
        <ApplicationPicture logoUrl={application.logoUrl} size={56} />
        <Box miw={0}>
          <Text fw={600} size="lg" dir="auto">
            {application.name}
          </Text>
          <Text size="sm" c="dimmed">
            {t('allow.wants', { email: user.email })}
          </Text>
        </Box>
      </Group>
      <Box>
        <Text fw={500} mb={6}>
          {t('allow.may')}
        </Text>
        <ScopeWords scopes={scopes} />
      </Box>
      <Text size="sm" c="dimmed">
        {t('allow.until')}
      </Text>
      {choose.isError && <Problem error={choose.error} />}
      <Group grow>
        <Button
          variant="default"
          loading={isOver && choose.variables === false}
          disabled={isOver}
          onClick={() => choose.mutate(false)}
        >
          {t('allow.refuse')}
        </Button>
        <Button
          loading={isOver && choose.variables === true}
          disabled={isOver}
          onClick={() => choose.mutate(true)}
        >
          {t('allow.do')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('allow.returns', { host: returnsTo })}
      </Text>
      <Group gap="md">
        <Terms href={application.url} text={t('allow.site')} />
        <Terms href={application.policyUrl} text={t('allow.policy')} />
        <Terms href={application.termsUrl} text={t('allow.terms')} />
      </Group>
    </Stack>
  )
}

function Terms({ href, text }: { readonly href: string | null; readonly text: string }) {
  if (href === null) return null
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" size="sm">
      {text}
    </Anchor>
  )
}
