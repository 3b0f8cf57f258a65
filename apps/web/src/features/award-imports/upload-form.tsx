import {
  Box,
  Button,
  Card,
  Code,
  FileButton,
  Group,
  List,
  Select,
  Stack,
  Text,
  Title,
} from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download, Upload } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { saveFile } from '../../lib/save-file.js'
import { type AwardImport, badgesQuery, keepImport, uploadImport } from './import-queries.js'

type Props = {
  readonly organizationId: string
  readonly templateId: string | undefined
  readonly onUploaded: (uploaded: AwardImport) => void
}

const sample =
  'email,name,awarded_at,evidence_url,narrative\nada@example.org,Ada Lovelace,2026-03-12,https://university.example/exam,Passed with distinction\n'

/** The first step: which badge, and the file. */
export function UploadForm({ organizationId, templateId, onUploaded }: Props) {
  const { t } = useTranslation('people')
  const [chosen, setChosen] = useState(templateId ?? '')
  const [isOver, setOver] = useState(false)
  const { data: badges = [] } = useQuery(badgesQuery(organizationId))
  const upload = useMutation({
    mutationFn: (file: File) => uploadImport(file, { organizationId, templateId: chosen }),
    onSuccess: (uploaded) => {
      keepImport(uploaded)
      onUploaded(uploaded)
    },
  })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file !== undefined) upload.mutate(file)
  }
  return (
    <Card>
      <Stack>
        <Select
          label={t('import.badge')}
          description={t('import.badgeText')}
          placeholder={t('grant.badgeHint')}
          data={badges.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen === '' ? null : chosen}
          onChange={(id) => setChosen(id ?? '')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('filters.clear') }}
          maw={420}
        />
        <Box
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
          p="xl"
          ta="center"
          style={{
            border: `2px dashed ${isOver ? 'var(--rosette-accent)' : 'var(--rosette-line)'}`,
            borderRadius: 'var(--mantine-radius-lg)',
            backgroundColor: isOver ? 'var(--rosette-accent-bg)' : undefined,
          }}
        >
          <Stack align="center" gap="sm">
            <Upload size={32} aria-hidden color="var(--rosette-accent)" />
            <Text fw={600}>{t('import.drop')}</Text>
            <FileButton
              accept=".csv,.txt,.tsv,text/csv"
              onChange={(file) => file !== null && upload.mutate(file)}
            >
              {(props) => (
                <Button {...props} loading={upload.isPending} size="md">
                  {t('import.choose')}
                </Button>
              )}
            </FileButton>
            <Text size="sm" c="dimmed">
              {t('import.limits')}
            </Text>
          </Stack>
        </Box>
        {upload.error !== null && <Problem error={upload.error} />}
        <Columns />
      </Stack>
    </Card>
  )
}

function Columns() {
  const { t } = useTranslation('people')
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t('import.columns')}
        </Title>
        <Button
          variant="default"
          size="xs"
          leftSection={<Download size={14} aria-hidden />}
          onClick={() => saveFile('awards.csv', sample, 'text/csv')}
        >
          {t('import.sample')}
        </Button>
      </Group>
      <List size="sm" spacing={4}>
        <List.Item>
          {t('import.who')} <Code dir="ltr">email</Code> <Code dir="ltr">username</Code>{' '}
          <Code dir="ltr">lms_user_id</Code>
        </List.Item>
        <List.Item>
          {t('import.when')} <Code dir="ltr">awarded_at</Code> <Code dir="ltr">expires_at</Code>
        </List.Item>
        <List.Item>
          {t('import.grounds')} <Code dir="ltr">evidence_url</Code>{' '}
          <Code dir="ltr">evidence_narrative</Code> <Code dir="ltr">narrative</Code>
        </List.Item>
        <List.Item>
          {t('import.more')} <Code dir="ltr">name</Code> <Code dir="ltr">template</Code>{' '}
          <Code dir="ltr">instance</Code>
        </List.Item>
      </List>
    </Stack>
  )
}
