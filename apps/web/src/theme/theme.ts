import {
  ActionIcon,
  Anchor,
  Button,
  Card,
  createTheme,
  type MantineColorsTuple,
  type Modal,
  type Table,
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
    // By name: with the components, dialogs and tables would be fetched before there are any.
    Modal: {
      // Its head is a <header>, which would be a second banner of the page.
      defaultProps: { centered: true, radius: 'lg', attributes: { header: { role: 'none' } } },
      styles: {
        content: { backgroundColor: 'var(--rosette-card)' },
        header: { backgroundColor: 'var(--rosette-card)' },
        title: { fontWeight: 600 },
      },
    } satisfies Parameters<typeof Modal.extend>[0],
    Table: {
      defaultProps: { verticalSpacing: 'sm', highlightOnHover: true },
    } satisfies Parameters<typeof Table.extend>[0],
  },
})
