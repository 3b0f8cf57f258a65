import { Button, Group, Input, SegmentedControl, Stack, Text } from '@mantine/core'
import { Shuffle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Choices } from './choices.js'
import type { ControlsProps } from './controls-props.js'
import { borders, type Design, designFor, finishes, isGlyph, shapes } from './design.js'
import classes from './designer.module.css'
import { drawDesign } from './draw-design.js'
import { type Glyph, glyphs } from './glyphs.js'
import { contrastOf, palettes } from './palettes.js'
import { TextControls } from './text-controls.js'
import { toDataUrl } from './to-png.js'

export function DesignControls({
  design,
  onChange,
  name,
}: ControlsProps & { readonly name: string }) {
  const { t } = useTranslation('badges')
  const set = (change: Partial<Design>) => onChange({ ...design, ...change })
  const surprise = () => {
    const seed = `${name} ${Math.random()}`
    const { top, middle, bottom } = design
    onChange({ ...designFor(seed), top, middle, bottom })
  }
  return (
    <Stack>
      <Group justify="flex-end" mb={-8}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Shuffle size={14} aria-hidden />}
          onClick={surprise}
        >
          {t('designer.surprise')}
        </Button>
      </Group>
      <Choices
        label={t('designer.shape')}
        values={shapes}
        value={design.shape}
        nameOf={(shape) => t(`shape.${shape}`)}
        onChange={(shape) => set({ shape })}
      >
        {(shape) => <img src={sampleOf(design, shape)} alt="" />}
      </Choices>
      <ColourControls design={design} onChange={onChange} />
      <GlyphControls design={design} onChange={onChange} />
      <TextControls design={design} onChange={onChange} />
      <Input.Wrapper label={t('designer.border')} labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label={t('designer.border')}
          value={design.border}
          data={borders.map((value) => ({ value, label: t(`border.${value}`) }))}
          onChange={(value) => set({ border: borders.find((one) => one === value) ?? 'thin' })}
        />
      </Input.Wrapper>
      <Input.Wrapper label={t('designer.finish')} labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label={t('designer.finish')}
          value={design.finish}
          data={finishes.map((value) => ({ value, label: t(`finish.${value}`) }))}
          onChange={(value) => set({ finish: finishes.find((one) => one === value) ?? 'plain' })}
        />
      </Input.Wrapper>
    </Stack>
  )
}

/** A shape in the colours of the design, small and without words. */
function sampleOf(design: Design, shape: Design['shape']): string {
  const blank = { text: '', form: 'straight' } as const
  const bare = { glyph: null, top: blank, middle: '', bottom: blank } as const
  return toDataUrl(drawDesign({ ...design, ...bare, shape }, ''))
}

function ColourControls({ design, onChange }: ControlsProps) {
  const { t } = useTranslation('badges')
  const { fill, rim, ink } = design
  const ids = palettes.map(({ id }) => id)
  const current = palettes.find((one) => one.fill === fill && one.rim === rim && one.ink === ink)
  const contrast = contrastOf(fill, ink)
  return (
    <Stack gap="xs">
      <Choices
        label={t('designer.palette')}
        values={ids}
        value={current?.id ?? null}
        nameOf={(id) => t(`palette.${id}`)}
        onChange={(id) => {
          const found = palettes.find((one) => one.id === id)
          if (found) onChange({ ...design, fill: found.fill, rim: found.rim, ink: found.ink })
        }}
      >
        {(id) => <Swatch palette={palettes.find((one) => one.id === id)} />}
      </Choices>
      <Group gap="md">
        {(['fill', 'rim', 'ink'] as const).map((part) => (
          <Group key={part} gap={6} component="label">
            <input
              type="color"
              className={classes['colour']}
              value={design[part]}
              onChange={({ currentTarget }) =>
                onChange({ ...design, [part]: currentTarget.value.toLowerCase() })
              }
            />
            <Text size="sm" span>
              {t(`designer.${part}`)}
            </Text>
          </Group>
        ))}
      </Group>
      <Text
        size="sm"
        role="status"
        c={contrast < 3 ? 'var(--rosette-bad)' : contrast < 4.5 ? 'var(--rosette-warn)' : 'dimmed'}
      >
        {contrast < 3
          ? t('designer.contrastBad')
          : contrast < 4.5
            ? t('designer.contrastFair')
            : t('designer.contrastGood')}
      </Text>
    </Stack>
  )
}

function Swatch({ palette }: { palette: (typeof palettes)[number] | undefined }) {
  if (palette === undefined) return null
  const { fill, rim, ink } = palette
  return (
    <svg viewBox="0 0 28 28" aria-hidden>
      <circle cx="14" cy="14" r="14" fill={rim} />
      <circle cx="14" cy="14" r="10" fill={fill} />
      <circle cx="14" cy="14" r="4" fill={ink} />
    </svg>
  )
}

function GlyphControls({ design, onChange }: ControlsProps) {
  const { t } = useTranslation('badges')
  const names = ['none', ...Object.keys(glyphs).filter(isGlyph)] as const
  return (
    <Choices<Glyph | 'none'>
      label={t('designer.icon')}
      values={names}
      value={design.glyph ?? 'none'}
      nameOf={(glyph) => t(`glyph.${glyph}`)}
      onChange={(glyph) => onChange({ ...design, glyph: glyph === 'none' ? null : glyph })}
    >
      {(glyph) => <GlyphPicture glyph={glyph} />}
    </Choices>
  )
}

function GlyphPicture({ glyph }: { glyph: Glyph | 'none' }) {
  const drawing = glyph === 'none' ? '<path d="M5 19 19 5"/>' : glyphs[glyph]
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      // biome-ignore lint/security/noDangerouslySetInnerHtml: drawings of our own, written in the code
      dangerouslySetInnerHTML={{ __html: drawing }}
    />
  )
}
