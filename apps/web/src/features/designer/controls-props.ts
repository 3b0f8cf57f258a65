import type { Design } from './design.js'

export type ControlsProps = {
  readonly design: Design
  readonly onChange: (design: Design) => void
}
