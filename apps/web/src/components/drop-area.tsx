import { Button, FileButton, Text } from '@mantine/core'
import { FileUp } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import classes from './drop-area.module.css'

type Props = {
  readonly title: string
  readonly hint: string
  readonly button: string
  readonly accept: string
  readonly isBusy: boolean
  readonly onFiles: (files: readonly File[]) => void
}

/** Takes files, dropped or chosen. */
export function DropArea({ title, hint, button, accept, isBusy, onFiles }: Props) {
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (files.length > 0 && !isBusy) onFiles(files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever has no pointer uses the button in it
    <div
      className={classes['drop']}
      data-over={isOver || undefined}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileUp size={36} color="var(--rosette-accent)" strokeWidth={1.5} aria-hidden />
      <Text fw={600}>{title}</Text>
      <FileButton multiple accept={accept} onChange={(files) => files.length > 0 && onFiles(files)}>
        {(props) => (
          <Button {...props} variant="default" loading={isBusy}>
            {button}
          </Button>
        )}
      </FileButton>
      <Text size="sm" c="dimmed" maw={440}>
        {hint}
      </Text>
    </div>
  )
}
