import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { api, done, type Schema } from '../../lib/api.js'
import { faultAt } from '../../lib/problem.js'

type Decision = 'endorse' | 'refuse'
type Props = {
  readonly secret: string
  readonly asked: Schema<'EndorsementAsked'>
  readonly onDone: (decision: Decision) => void
}

/** What one has to say, and who one is; or that one will not. */
export function EndorseForm({ secret, asked, onDone }: Props) {
  const { t } = useTranslation('backpack')
  const [name, setName] = useState(asked.name)
  const [url, setUrl] = useState('')
  const [comment, setComment] = useState(asked.comment)
  const give = useMutation({
    mutationFn: (decision: Decision) =>
      done(
        api.POST('/api/v1/endorsement-requests/answer', {
          body: {
            secret,
            decision,
            ...(decision === 'endorse' && { name, comment, ...(url !== '' && { url }) }),
          },
        }),
      ),
    onSuccess: (_, decision) => onDone(decision),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    give.mutate('endorse')
  }
  const needed = { required: true, withAsterisk: false } as const
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {give.isError && <Problem error={give.error} />}
        <Textarea
          {...needed}
          label={t('endorse.comment', { name: asked.learnerName })}
          description={t('endorse.commentText')}
          autosize
          minRows={5}
          maxLength={2000}
          value={comment}
          error={faultAt(give.error, 'comment')}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <TextInput
          {...needed}
          label={t('endorse.name')}
          autoComplete="name"
          maxLength={200}
          value={name}
          error={faultAt(give.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('endorse.url')}
          description={t('endorse.urlText')}
          type="url"
          placeholder="https://"
          dir="ltr"
          value={url}
          error={faultAt(give.error, 'url')}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {t('endorse.shown', { name: asked.learnerName })}
        </Text>
        <Group justify="space-between">
          <Button
            variant="default"
            loading={give.isPending && give.variables === 'refuse'}
            onClick={() => give.mutate('refuse')}
          >
            {t('endorse.refuse')}
          </Button>
          <Button type="submit" loading={give.isPending && give.variables === 'endorse'}>
            {t('endorse.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
