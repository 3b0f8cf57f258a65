import { useComputedColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { appearanceQuery } from '../lib/appearance.js'

/** Puts on the colour that an operator has chosen, in the variables by which everything is coloured. */
export function Dress() {
  const { data } = useQuery(appearanceQuery)
  const scheme = useComputedColorScheme('light')
  const isDressed = data !== undefined && data.chosenAccent !== null
  const colour = isDressed ? data.accents[scheme].colour : undefined
  // Letters on buttons are white in dark, too: they stand on the darker of the two.
  const filled = isDressed ? data.accents.light.colour : undefined
  useEffect(() => {
    if (colour === undefined || filled === undefined) return
    const values = variablesOf(colour, filled)
    const { style } = document.documentElement
    for (const [name, value] of values) style.setProperty(name, value)
    return () => {
      for (const [name] of values) style.removeProperty(name)
    }
  }, [colour, filled])
  return null
}

function variablesOf(colour: string, filled: string): readonly (readonly [string, string])[] {
  const soft = `color-mix(in srgb, ${colour} 14%, var(--rosette-card))`
  const pressed = `color-mix(in srgb, ${filled} 88%, #000)`
  return [
    ['--rosette-accent', colour],
    ['--rosette-accent-bg', soft],
    ['--mantine-primary-color-filled', filled],
    ['--mantine-primary-color-filled-hover', pressed],
    ['--mantine-color-rosette-filled', filled],
    ['--mantine-color-rosette-filled-hover', pressed],
    ['--mantine-primary-color-light', soft],
    ['--mantine-primary-color-light-hover', soft],
    ['--mantine-primary-color-light-color', 'var(--mantine-color-text)'],
    ['--mantine-color-rosette-light', soft],
    ['--mantine-color-rosette-light-hover', soft],
    ['--mantine-color-rosette-light-color', 'var(--mantine-color-text)'],
    ['--mantine-color-anchor', colour],
  ]
}
