import { Anchor, Button, type ButtonProps } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { areaPath } from '../config/places.js'

function addressOf(to: string): string {
  return `${areaPath.replace(/\/$/, '')}${to}`
}

/** Goes to a place once something is done. */
export function useGoTo(): (to: string, how?: 'push' | 'replace') => void {
  const { history } = useRouter()
  return (to, how = 'push') => history[how](addressOf(to))
}

/** A place in this part of the site by its path: `/o/open-university/awards?state=failed`. */
export function useGo(to: string) {
  const go = useGoTo()
  const href = addressOf(to)
  const onClick = (event: MouseEvent) => {
    // With a key held it is the browser's: another tab, another window.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(to)
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
