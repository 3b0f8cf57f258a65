import { useComputedColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { appearanceQuery } from '../lib/appearance.js'

/** Puts on the colour that an operator has chosen, in the variables by which everything is coloured. */
export function Dress() {
  const { data } = useQuery(appearanceQuery)
  const scheme = useComputedColorScheme('light')
  const accent = data === undefined || data.chosenAccent === null ? null : data.accents[scheme]
  const { colour, letters } = accent ?? {}
  useEffect(() => {
    if (colour === undefined || letters === undefined) return
    const values = variablesOf(colour, letters)
    const { style } = document.documentElement
    for (const [name, value] of values) style.setProperty(name, value)
    return () => {
      for (const [name] of values) style.removeProperty(name)
    }
  }, [colour, letters])
  return null
}

function variablesOf(colour: string, letters: string): readonly (readonly [string, string])[] {
  const soft = `color-mix(in srgb, ${colour} 14%, var(--rosette-card))`
  return [
    ['--rosette-accent', colour],
    ['--rosette-accent-bg', soft],
    ['--mantine-primary-color-filled', colour],
    ['--mantine-primary-color-filled-hover', `color-mix(in srgb, ${colour} 88%, ${letters})`],
    ['--mantine-primary-color-contrast', letters],
    ['--mantine-primary-color-light', soft],
    ['--mantine-primary-color-light-color', colour],
    ['--mantine-color-rosette-filled', colour],
    ['--mantine-color-rosette-light', soft],
    ['--mantine-color-rosette-light-color', colour],
    ['--mantine-color-anchor', colour],
  ]
}
