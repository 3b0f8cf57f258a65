import { Stack, Switch } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.js'
import { Await } from '../../components/states.js'
import { tellProblem } from '../../components/tell.js'
import { queries } from '../../lib/queries.js'
import { changeMail, type MailChoices, mailChoicesQuery } from './account-queries.js'

const kinds = ['newBadges', 'endorsements'] as const

/** Which letters one gets. A choice holds as soon as it is made. */
export function MailChoicesCard() {
  const { t } = useTranslation('backpack')
  const choices = useQuery(mailChoicesQuery)
  const { queryKey } = mailChoicesQuery
  const change = useMutation({
    mutationFn: changeMail,
    onMutate: (body: Partial<MailChoices>) => {
      const before = queries.getQueryData(queryKey)
      if (before !== undefined) queries.setQueryData(queryKey, { ...before, ...body })
      return before
    },
    onSuccess: (saved) => queries.setQueryData(queryKey, saved),
    onError: (error, _, before) => {
      queries.setQueryData(queryKey, before)
      tellProblem(error)
    },
  })
  return (
    <Section title={t('mail.title')} about={t('mail.about')}>
      <Await query={choices}>
        {(chosen) => (
          <Stack gap="sm">
            {kinds.map((kind) => (
              <Switch
                key={kind}
                label={t(`mail.${kind}`)}
                checked={chosen[kind]}
                onChange={(event) => change.mutate({ [kind]: event.currentTarget.checked })}
              />
            ))}
          </Stack>
        )}
      </Await>
    </Section>
  )
}
