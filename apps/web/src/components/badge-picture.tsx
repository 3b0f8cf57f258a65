import { Box } from '@mantine/core'
import { useState } from 'react'
import { sitePath } from '../config/places.js'

type Props = {
  readonly templateId: string
  readonly size?: number
  /** Changes with the picture, so that an old one is not shown from memory. */
  readonly version?: string | undefined
  /** Empty where the name of the badge stands beside it. */
  readonly alt?: string
}

/** The picture of a badge, as its public page has it. */
export function BadgePicture({ templateId, version, ...props }: Props) {
  const query = version ? `?v=${encodeURIComponent(version)}` : ''
  return <Picture src={`${sitePath}public/badges/${templateId}/image${query}`} {...props} />
}

type PictureProps = {
  /** Null where the badge has none. */
  readonly src: string | null
  readonly size?: number
  readonly alt?: string
}

/** Any picture of a badge; a plain disc where there is none. */
export function Picture({ src, size = 48, alt = '' }: PictureProps) {
  const [isBroken, setBroken] = useState(false)
  if (isBroken || src === null) {
    return <Box w={size} h={size} bg="var(--rosette-accent-bg)" style={{ borderRadius: '50%' }} />
  }
  return (
    <img
      src={src}
      alt={alt}
      width={size}
      height={size}
      loading="lazy"
      style={{ objectFit: 'contain', flex: 'none' }}
      onError={() => setBroken(true)}
    />
  )
}
