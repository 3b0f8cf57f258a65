import { Anchor, Button, type ButtonProps } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { consolePath } from '../config/places.js'

/** A place in the console by its path: `/o/open-university/awards?state=failed`. */
function useGo(to: string) {
  const { history } = useRouter()
  const href = `${consolePath.replace(/\/$/, '')}${to}`
  const onClick = (event: MouseEvent) => {
    // With a key held it is the browser's: another tab, another window.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    history.push(href)
  }
  return { href, onClick }
}

type GoProps = { readonly to: string; readonly children: ReactNode; readonly label?: string }

export function GoLink({ to, children, label }: GoProps) {
  return (
    <Anchor {...useGo(to)} aria-label={label}>
      {children}
    </Anchor>
  )
}

export function GoButton({ to, children, label, ...props }: GoProps & ButtonProps) {
  return (
    <Button component="a" {...useGo(to)} aria-label={label} {...props}>
      {children}
    </Button>
  )
}
