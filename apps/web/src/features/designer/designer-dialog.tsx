import { Box, Button, Group, Menu, Modal, SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading, Problem } from '../../components/states.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { saveFile } from '../../lib/save-file.js'
import { type Design, designFor } from './design.js'
import { DesignControls } from './design-controls.js'
import classes from './designer.module.css'
import { drawDesign } from './draw-design.js'
import { designIn } from './kept-design.js'
import { toDataUrl, toPng } from './to-png.js'
import { readPicture, usePicturePut } from './use-picture.js'

type Props = { readonly template: BadgeTemplate; readonly onClose: () => void }

/** Makes a picture from a few choices; one that was made here is changed further. */
export function DesignerDialog({ template, onClose }: Props) {
  const { t } = useTranslation(['badges', 'common'])
  const canHold = template.image?.mediaType === 'image/svg+xml'
  const kept = useQuery({
    queryKey: ['badge-templates', template.id, 'picture', template.image?.id],
    queryFn: async () => designIn(await readPicture(template)) ?? null,
    enabled: canHold,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={940}
      title={t('designer.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {canHold && kept.isPending ? (
        <Loading />
      ) : (
        <Designer
          template={template}
          start={kept.data ?? designFor(template.name)}
          onClose={onClose}
        />
      )}
    </Modal>
  )
}

function Designer({ template, start, onClose }: Props & { readonly start: Design }) {
  const { t } = useTranslation(['badges', 'common'])
  const [design, setDesign] = useState(start)
  const put = usePicturePut(template.id)
  const svg = drawDesign(design, template.name)
  const save = () =>
    put.mutate(new Blob([svg], { type: 'image/svg+xml' }), {
      onSuccess: () => {
        tellDone(t('picture.saved'))
        onClose()
      },
    })
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Box>
          <Box className={classes['stage']} pos={{ base: 'static', sm: 'sticky' }} top={0}>
            <img src={toDataUrl(svg)} alt={t('picture.alt', { name: template.name })} />
          </Box>
        </Box>
        <DesignControls design={design} onChange={setDesign} name={template.name} />
      </SimpleGrid>
      {put.isError && <Problem error={put.error} />}
      <Group justify="space-between">
        <DownloadMenu svg={svg} name={template.name} />
        <Group gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button onClick={save} loading={put.isPending}>
            {t('designer.use')}
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}

function DownloadMenu({ svg, name }: { svg: string; name: string }) {
  const { t } = useTranslation(['badges', 'common'])
  const savePng = async () => {
    try {
      saveFile(`${name}.png`, await toPng(svg, 1024), 'image/png')
    } catch (error) {
      tellProblem(error)
    }
  }
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={16} aria-hidden />}>
          {t('common:download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saveFile(`${name}.svg`, svg, 'image/svg+xml')}>
          {t('designer.svg')}
        </Menu.Item>
        <Menu.Item onClick={() => void savePng()}>{t('designer.png')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
