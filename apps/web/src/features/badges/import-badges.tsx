import { Alert, Button, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { CircleAlert, FileJson } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellDone } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { format } from '../../lib/format.js'
import { messageOf, ProblemError } from '../../lib/problem.js'
import { queries } from '../../lib/queries.js'
import classes from './badges.module.css'
import { type GivenTemplate, type NamedText, namesIn, parseFiles } from './parse-files.js'

type Props = {
  readonly organizationId: string
  readonly issuerId: string | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Drafts from files: dropped, chosen or pasted; all of them or none. */
export function ImportBadges(props: Props) {
  const { t } = useTranslation(['badges', 'common'])
  const { isOpen, onClose } = props
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="lg"
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <ImportForm {...props} />
    </Modal>
  )
}

function ImportForm({ organizationId, issuerId, onClose }: Props) {
  const { t } = useTranslation(['badges', 'common'])
  const [files, setFiles] = useState<readonly NamedText[]>([])
  const [pasted, setPasted] = useState('')
  const given =
    pasted.trim() === '' ? files : [...files, { name: t('import.pasted'), text: pasted }]
  const read = parseFiles(given)
  const bring = useMutation({
    mutationFn: (body: GivenTemplate[]) =>
      answer(
        api.POST('/api/v1/template-files', {
          params: {
            query: { organizationId, ...(issuerId !== undefined && { issuerId }) },
          },
          body,
        }),
      ),
    onSuccess: async ({ items }) => {
      await queries.invalidateQueries({ queryKey: ['badge-template-list'] })
      tellDone(t('import.done', { count: items.length }))
      onClose()
    },
  })
  const choose = async (chosen: readonly File[]) => {
    bring.reset()
    setFiles(await Promise.all(chosen.map(async (f) => ({ name: f.name, text: await f.text() }))))
  }
  const names = read.isFine ? namesIn(read.templates) : []
  return (
    <Stack>
      <DropArea onFiles={choose} files={files} />
      <Textarea
        label={t('import.paste')}
        autosize
        minRows={3}
        maxRows={10}
        value={pasted}
        onChange={({ currentTarget }) => {
          bring.reset()
          setPasted(currentTarget.value)
        }}
        styles={{ input: { fontFamily: 'monospace', direction: 'ltr' } }}
      />
      <div aria-live="polite">
        {!read.isFine && (
          <Text size="sm" c="var(--rosette-bad)">
            {t('import.noJson', { name: read.name, reason: read.reason })}
          </Text>
        )}
        {names.length > 0 && (
          <Text size="sm">
            {t('import.found', { count: names.length, names: format.list(names) })}
          </Text>
        )}
      </div>
      {bring.isError && <Faults error={bring.error} names={names} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={!read.isFine || read.templates.length === 0}
          loading={bring.isPending}
          onClick={() => read.isFine && bring.mutate([...read.templates])}
        >
          {t('import.confirm')}
        </Button>
      </Group>
    </Stack>
  )
}

type DropProps = {
  readonly files: readonly NamedText[]
  readonly onFiles: (files: readonly File[]) => Promise<void>
}

function DropArea({ files, onFiles }: DropProps) {
  const { t } = useTranslation(['badges', 'common'])
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void onFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same for keyboards
    <div
      className={classes['drop']}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack align="center" gap="xs">
        <FileJson size={28} aria-hidden />
        <Text size="sm">
          {files.length > 0 ? format.list(files.map(({ name }) => name)) : t('import.drop')}
        </Text>
        <FileButton
          multiple
          accept="application/json,.json"
          onChange={(some) => void onFiles(some)}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs">
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
      </Stack>
    </div>
  )
}

/** Each fault with the badge that it is in, and its place there. */
function Faults({ error, names }: { error: unknown; names: readonly string[] }) {
  const { t } = useTranslation(['badges', 'common'])
  const faults = error instanceof ProblemError ? error.faults : []
  return (
    <Alert
      role="alert"
      variant="default"
      icon={<CircleAlert aria-hidden />}
      title={messageOf(error)}
      styles={{ root: { backgroundColor: 'var(--rosette-bad-bg)' } }}
    >
      <ul>
        {faults.map(({ path, reason }) => {
          const [, index, place] = /^\[(\d+)\]\.?(.*)$/.exec(path) ?? ['', '', path]
          const name = names[Number(index)]
          return (
            <li key={`${path} ${reason}`}>
              <Text size="sm">
                {name !== undefined && `${name}: `}
                {reason}{' '}
                <Text span size="xs" c="dimmed" dir="ltr" ff="monospace">
                  {place}
                </Text>
              </Text>
            </li>
          )
        })}
      </ul>
      {faults.length === 0 && <Text size="sm">{t('import.nothing')}</Text>}
    </Alert>
  )
}
