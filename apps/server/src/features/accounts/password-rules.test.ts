import { describe, expect, it } from 'vitest'
import { AppError } from '../../http/app-error.js'
import { assertGoodPassword } from './password-rules.js'

const ada = { name: 'Ada Lovelace', email: 'ada.lovelace@example.org' }
const codeFor = (password: string) => {
  try {
    assertGoodPassword(password, ada)
    return 'taken'
  } catch (error) {
    return error instanceof AppError ? error.code : error
  }
}

describe('a password', () => {
  it('is taken when it is long, whatever it is made of', () => {
    for (const good of [
      'tea with seven spoons',
      'xkqvzmtwplrg',
      'grüße aus zürich',
      '9174 2206 8851 3',
    ]) {
      expect(codeFor(good), good).toBe('taken')
    }
  })

  it('counts characters, not bytes', () => {
    expect(codeFor('🐘🦒🐍🦉🦔🐢🐙🦋🐝🦀🐬🦩')).toBe('taken')
    expect(codeFor('🐘🦒🐍🦉🦔🐢')).toBe('password-refused')
  })

  it('is refused when everybody would try it', () => {
    for (const bad of [
      'short',
      'elevenchars',
      'password1234',
      'PASSWORD1234',
      'aaaaaaaaaaaa',
      'abcabcabcabc',
      '123456789012',
      'abcdefghijklmn',
      'x'.repeat(201),
    ]) {
      expect(codeFor(bad), bad).toBe('password-refused')
    }
  })

  it('is refused when it is the name or the address of its owner', () => {
    for (const bad of [
      'Ada Lovelace',
      'adalovelace2024!',
      'ada.lovelace@example.org',
      'lovelace.ada1',
    ]) {
      expect(codeFor(bad), bad).toBe(bad === 'lovelace.ada1' ? 'taken' : 'password-refused')
    }
  })
})
