import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const src = join(import.meta.dirname, '..')
const styles = readFileSync(join(import.meta.dirname, 'styles.css'), 'utf8')
const mantine = join(dirname(createRequire(import.meta.url).resolve('@mantine/core')), '..')
const sheets = join(mantine, 'styles')

it('has the styles of every component that is used', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  const texts = files.filter((f) => /\.tsx$/.test(f)).map((f) => readFileSync(join(src, f), 'utf8'))
  const used = texts.flatMap((text) =>
    [...text.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    ),
  )
  expect(used.length).toBeGreaterThan(100)
  expect(existsSync(sheets)).toBe(true)
  const styled = [...new Set(used)].filter((name) => existsSync(join(sheets, `${name}.layer.css`)))
  const missing = styled.filter((name) => !styles.includes(`/${name}.layer.css"`))
  expect(missing, 'add them to theme/styles.css').toEqual([])
})
