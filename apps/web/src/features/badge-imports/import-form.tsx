import { Button, Card, Group, Progress, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropArea } from '../../components/drop-area.js'
import { format } from '../../lib/format.js'
import { ImportOutcome } from './import-outcome.js'
import type { Given } from './import-queries.js'
import { useImports } from './use-imports.js'

const kinds = '.png,.svg,.json,.jsonld,.jwt,.txt,.zip,image/png,image/svg+xml,application/json'

type FormProps = {
  /** What stands in the field already, where a link has brought it along. */
  readonly address: string
}

/** One place for everything: files, several at once, an address, or the text of a badge. */
export function ImportForm({ address }: FormProps) {
  const { t } = useTranslation('backpack')
  const { outcomes, progress, takeAll } = useImports()
  const isBusy = progress !== null
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <DropArea
          title={t('import.drop')}
          hint={t('import.kinds')}
          button={t('import.choose')}
          accept={kinds}
          isBusy={isBusy}
          onFiles={(files) =>
            void takeAll(files.map((content) => ({ name: content.name, content })))
          }
        />
        <Card>
          <TextForm address={address} isBusy={isBusy} onGiven={(given) => takeAll([given])} />
        </Card>
      </SimpleGrid>
      <Stack gap="md" aria-live="polite">
        {progress !== null && (
          <Stack gap={6}>
            <Text size="sm">
              {t('import.working', {
                count: progress.all,
                at: format.number(progress.done + 1),
                all: format.number(progress.all),
              })}
            </Text>
            <Progress
              value={Math.max(6, (progress.done / progress.all) * 100)}
              animated
              radius="xl"
              aria-label={t('import.progress')}
            />
          </Stack>
        )}
        {outcomes.map((outcome) => (
          <ImportOutcome key={outcome.id} outcome={outcome} />
        ))}
      </Stack>
    </Stack>
  )
}

type TextProps = FormProps & {
  readonly isBusy: boolean
  readonly onGiven: (given: Given) => Promise<boolean>
}

function TextForm({ address, isBusy, onGiven }: TextProps) {
  const { t } = useTranslation('backpack')
  const [text, setText] = useState(address)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const content = text.trim()
    if (content === '') return
    const name = /^https?:/i.test(content) ? content : t('import.pasted')
    // What did not get through stays, to be sent again.
    if (await onGiven({ name, content })) setText('')
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <Textarea
          label={t('import.text')}
          description={t('import.textAbout')}
          placeholder="https://"
          autosize
          minRows={5}
          maxRows={12}
          dir="ltr"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={text.trim() === ''} loading={isBusy}>
            {t('import.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
