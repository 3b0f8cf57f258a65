import { ThemeIcon } from '@mantine/core'
import { AppWindow } from 'lucide-react'
import { useState } from 'react'

type Props = { readonly logoUrl: string | null; readonly size?: number }

/** The sign of an application, or one that stands for any. */
export function ApplicationPicture({ logoUrl, size = 44 }: Props) {
  const [isBroken, setBroken] = useState(false)
  if (logoUrl === null || isBroken) {
    return (
      <ThemeIcon size={size} radius="md" variant="light" style={{ flex: 'none' }}>
        <AppWindow size={size * 0.55} aria-hidden />
      </ThemeIcon>
    )
  }
  return (
    <img
      src={logoUrl}
      alt=""
      width={size}
      height={size}
      style={{ objectFit: 'contain', flex: 'none' }}
      onError={() => setBroken(true)}
    />
  )
}
