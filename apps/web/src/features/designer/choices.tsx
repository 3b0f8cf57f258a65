import { Text } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import classes from './designer.module.css'

type Props<Value extends string> = {
  readonly label: string
  readonly values: readonly Value[]
  readonly value: Value | null
  readonly nameOf: (value: Value) => string
  readonly onChange: (value: Value) => void
  readonly children: (value: Value) => ReactNode
}

/** One of several pictures: a group of radio buttons, gone through with the arrow keys. */
export function Choices<Value extends string>(props: Props<Value>) {
  const { label, values, value, nameOf, onChange, children } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const isRight = getComputedStyle(event.currentTarget).direction === 'rtl'
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      ArrowRight: isRight ? -1 : 1,
      ArrowLeft: isRight ? 1 : -1,
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = value === null ? 0 : values.indexOf(value)
    const index = (at + step + values.length) % values.length
    const next = values[index]
    if (next === undefined) return
    onChange(next)
    box.current?.querySelectorAll('button')[index]?.focus()
  }
  return (
    <div>
      <Text size="sm" fw={500} mb={6} id={id}>
        {label}
      </Text>
      <div
        ref={box}
        role="radiogroup"
        aria-labelledby={id}
        className={classes['choices']}
        onKeyDown={move}
        tabIndex={-1}
      >
        {values.map((one, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a picture that is chosen, with the keys of a radio button
          <button
            key={one}
            type="button"
            role="radio"
            className={classes['choice']}
            aria-checked={one === value}
            aria-label={nameOf(one)}
            title={nameOf(one)}
            tabIndex={one === value || (value === null && index === 0) ? 0 : -1}
            onClick={() => onChange(one)}
          >
            {children(one)}
          </button>
        ))}
      </div>
    </div>
  )
}
