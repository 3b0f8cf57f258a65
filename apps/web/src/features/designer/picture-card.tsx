import { Button, Card, FileButton, Group, Stack, Text, Title } from '@mantine/core'
import { Paintbrush, Trash2, Upload } from 'lucide-react'
import { type DragEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Loading, Problem } from '../../components/states.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { type BadgeTemplate, pictureVersion } from '../../lib/badge-templates.js'
import classes from './designer.module.css'
import { usePicturePut, usePictureRemoval } from './use-picture.js'

const Designer = lazy(async () => ({
  default: (await import('./designer-dialog.js')).DesignerDialog,
}))

type Props = { readonly template: BadgeTemplate; readonly mayEdit: boolean }

/** The picture of a badge: designed here, uploaded, or drawn from its name. */
export function PictureCard({ template, mayEdit }: Props) {
  const { t } = useTranslation(['badges', 'common'])
  const [isDesigning, setDesigning] = useState(false)
  const [isOver, setOver] = useState(false)
  const put = usePicturePut(template.id)
  const upload = (file: File | null | undefined) => {
    if (file === null || file === undefined) return
    put.mutate(file, { onSuccess: () => tellDone(t('picture.saved')) })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (mayEdit) upload(event.dataTransfer.files[0])
  }
  return (
    <Card
      className={classes['drop']}
      data-over={isOver || undefined}
      onDragOver={(event: DragEvent) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Group align="center" gap="lg">
        <BadgePicture
          templateId={template.id}
          version={pictureVersion(template)}
          size={140}
          alt={t('picture.alt', { name: template.name })}
        />
        <Stack gap="sm" flex="1 1 240px">
          <Title order={2} size="h5">
            {t('picture.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {template.image === null ? t('picture.drawn') : t('picture.hint')}
          </Text>
          {mayEdit && (
            <PictureButtons
              template={template}
              isBusy={put.isPending}
              onDesign={() => setDesigning(true)}
              onUpload={upload}
            />
          )}
          {put.isError && !isDesigning && <Problem error={put.error} />}
        </Stack>
      </Group>
      {isDesigning && (
        <Suspense fallback={<Loading rows={1} />}>
          <Designer template={template} onClose={() => setDesigning(false)} />
        </Suspense>
      )}
    </Card>
  )
}

type ButtonsProps = {
  readonly template: BadgeTemplate
  readonly isBusy: boolean
  readonly onDesign: () => void
  readonly onUpload: (file: File | null) => void
}

function PictureButtons({ template, isBusy, onDesign, onUpload }: ButtonsProps) {
  const { t } = useTranslation(['badges', 'common'])
  const remove = usePictureRemoval(template.id)
  return (
    <Group gap="sm">
      <Button leftSection={<Paintbrush size={16} aria-hidden />} onClick={onDesign}>
        {t('picture.design')}
      </Button>
      <FileButton accept="image/png,image/svg+xml" onChange={onUpload}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            loading={isBusy}
            leftSection={<Upload size={16} aria-hidden />}
          >
            {t('picture.upload')}
          </Button>
        )}
      </FileButton>
      {template.image !== null && (
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          leftSection={<Trash2 size={16} aria-hidden />}
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, {
              onSuccess: () => tellDone(t('picture.removed')),
              onError: tellProblem,
            })
          }
        >
          {t('common:remove')}
        </Button>
      )}
    </Group>
  )
}
