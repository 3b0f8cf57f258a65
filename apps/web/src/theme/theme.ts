import {
  ActionIcon,
  Anchor,
  Button,
  Card,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Table,
} from '@mantine/core'

const rosette: MantineColorsTuple = [
  '#eef0ff',
  '#dfe2fb',
  '#bcc2f2',
  '#a5b4fc',
  '#7781e3',
  '#626ede',
  '#5764dc',
  '#4753c3',
  '#3730a3',
  '#312e81',
]

/** The look of the brand: one typeface, one colour with enough contrast in light and in dark. */
export const theme = createTheme({
  primaryColor: 'rosette',
  primaryShade: { light: 8, dark: 7 },
  colors: { rosette },
  fontFamily: '"Readex Pro Variable", system-ui, -apple-system, "Segoe UI", sans-serif',
  headings: { fontFamily: '"Readex Pro Variable", system-ui, sans-serif', fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Card: Card.extend({
      defaultProps: { withBorder: true, radius: 'lg', padding: 'lg' },
      styles: {
        root: { backgroundColor: 'var(--rosette-card)', borderColor: 'var(--rosette-line)' },
      },
    }),
    Anchor: Anchor.extend({ defaultProps: { c: 'var(--rosette-accent)', underline: 'hover' } }),
    Button: Button.extend({ defaultProps: { radius: 'md' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle' } }),
    Modal: Modal.extend({
      // Its head is a <header>, which would be a second banner of the page.
      defaultProps: { centered: true, radius: 'lg', attributes: { header: { role: 'none' } } },
      styles: {
        content: { backgroundColor: 'var(--rosette-card)' },
        header: { backgroundColor: 'var(--rosette-card)' },
        title: { fontWeight: 600 },
      },
    }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'sm', highlightOnHover: true } }),
  },
})
