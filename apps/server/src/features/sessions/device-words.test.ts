import { expect, it } from 'vitest'
import { deviceWords } from './device-words.js'

it('names browsers by what they are, not by what they want to be taken for', () => {
  const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
  expect(deviceWords(`${chrome} Chrome/126.0.0.0 Safari/537.36`)).toBe('Chrome on Windows')
  expect(deviceWords(`${chrome} Chrome/126.0.0.0 Safari/537.36 Edg/126.0`)).toBe('Edge on Windows')
  const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1'
  expect(deviceWords(iphone)).toBe('Safari on iPhone')
  expect(deviceWords('curl/8.5.0')).toBe('curl')
  expect(deviceWords('')).toBe('an unknown device')
  expect(deviceWords(null)).toBe('an unknown device')
})
