import { Anchor, Box, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { Section } from '../../components/section.js'
import { Await } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { When } from '../../components/when.js'
import type { Schema } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { ApplicationPicture } from './application-picture.js'
import { applicationsQuery, disconnect } from './application-queries.js'
import { ScopeWords } from './scope-words.js'

/** The applications that may read or write one's badges, each with a way to end it. */
export function ConnectedApplications() {
  const { t } = useTranslation('backpack')
  const applications = useQuery(applicationsQuery)
  return (
    <Section title={t('applications.title')} about={t('applications.about')}>
      <Await
        query={applications}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Text size="sm" c="dimmed">
            {t('applications.none')}
          </Text>
        }
      >
        {({ items }) => (
          <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
            {items.map((application) => (
              <Application key={application.id} application={application} />
            ))}
          </Stack>
        )}
      </Await>
    </Section>
  )
}

type Props = { readonly application: Schema<'ConnectedApplication'> }

function Application({ application }: Props) {
  const { t } = useTranslation('backpack')
  const { id, name, url, logoUrl, scopes, lastUsedAt } = application
  const [isAsked, setAsked] = useState(false)
  const end = useMutation({
    mutationFn: () => disconnect(id),
    onSuccess: async () => {
      tellDone(t('applications.ended', { name }))
      await queries.invalidateQueries(applicationsQuery)
    },
  })
  return (
    <Group component="li" gap="sm" align="flex-start" wrap="nowrap">
      <ApplicationPicture logoUrl={logoUrl} />
      <Box flex={1} miw={0}>
        <Text fw={600} size="sm" dir="auto">
          {url === null ? name : <Anchor href={url}>{name}</Anchor>}
        </Text>
        <Text size="xs" c="dimmed" mb={6}>
          {lastUsedAt === null ? (
            t('applications.neverUsed')
          ) : (
            <>
              {t('applications.used')} <When at={lastUsedAt} />
            </>
          )}
        </Text>
        <Text size="sm" component="div">
          <ScopeWords scopes={scopes} />
        </Text>
        <Button
          mt="sm"
          size="xs"
          variant="default"
          onClick={() => setAsked(true)}
          aria-label={t('applications.endTitle', { name })}
        >
          {t('applications.end')}
        </Button>
      </Box>
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('applications.endTitle', { name })}
        confirm={t('applications.end')}
        isDangerous
        isBusy={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate()}
      >
        {t('applications.endText')}
      </Confirm>
    </Group>
  )
}
