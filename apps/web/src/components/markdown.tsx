import { Anchor, Code, Text } from '@mantine/core'
import { lexer, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import classes from './markdown.module.css'

/**
 * Markdown as the public page shows it, read by the same parser, drawn as elements: nothing that was
 * written becomes HTML, and pictures from elsewhere are left out.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={classes['markdown']} dir="auto">
      {blocks(read(text))}
    </div>
  )
}

function read(text: string): readonly Token[] {
  try {
    return lexer(text, { gfm: true })
  } catch {
    // Thousands of quotes within quotes exhaust the stack; then it is shown as it was written.
    return [{ type: 'text', raw: text, text }]
  }
}

type Draw = (token: Token) => ReactNode

function drawn(tokens: readonly Token[] | undefined, draw: Draw): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the text is drawn anew as a whole
  return tokens?.map((token, index) => <Fragment key={index}>{draw(token)}</Fragment>)
}

function blocks(tokens: readonly Token[] | undefined): ReactNode {
  return drawn(tokens, block)
}

function block(token: Token): ReactNode {
  switch (token.type) {
    case 'heading':
      return (
        <Text fw={600} size={token['depth'] <= 2 ? 'lg' : 'md'} mt="sm" mb={4}>
          {words(token)}
        </Text>
      )
    case 'paragraph':
      return <p>{words(token)}</p>
    case 'list':
      return isList(token) ? list(token) : null
    case 'blockquote':
      return <blockquote>{blocks(inside(token))}</blockquote>
    case 'code':
      return <Code block>{String(token['text'])}</Code>
    case 'hr':
      return <hr />
    case 'space':
    case 'html':
    case 'def':
      return null
    case 'table':
      return isTable(token) ? table(token) : null
    default:
      return words(token)
  }
}

function list({ ordered, items }: Tokens.List): ReactNode {
  const rows = drawn(items, (item) => <li>{blocks(inside(item))}</li>)
  return ordered ? <ol>{rows}</ol> : <ul>{rows}</ul>
}

function table({ header, rows }: Tokens.Table): ReactNode {
  const cells = (row: readonly Tokens.TableCell[], Cell: 'th' | 'td') =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the text is drawn anew as a whole
    row.map((cell, index) => <Cell key={index}>{drawn(cell.tokens, word)}</Cell>)
  return (
    <table>
      <thead>
        <tr>{cells(header, 'th')}</tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the text is drawn anew as a whole
          <tr key={index}>{cells(row, 'td')}</tr>
        ))}
      </tbody>
    </table>
  )
}

function words(token: Token): ReactNode {
  const tokens = inside(token)
  return tokens === undefined ? textOf(token) : drawn(tokens, word)
}

function word(token: Token): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{words(token)}</strong>
    case 'em':
      return <em>{words(token)}</em>
    case 'del':
      return <del>{words(token)}</del>
    case 'codespan':
      return <Code>{textOf(token)}</Code>
    case 'br':
      return <br />
    case 'link':
      return link(token)
    case 'image':
    case 'html':
      return null
    default:
      return words(token)
  }
}

function link(token: Token): ReactNode {
  const href = 'href' in token ? String(token['href']) : ''
  if (!/^(https?:|mailto:)/i.test(href)) return words(token)
  return (
    <Anchor href={href} rel="nofollow noopener" target="_blank">
      {words(token)}
    </Anchor>
  )
}

function inside(token: Token): readonly Token[] | undefined {
  return 'tokens' in token ? token.tokens : undefined
}

function textOf(token: Token): string {
  return 'text' in token ? unescaped(String(token['text'])) : ''
}

// The parser escapes for HTML, which nothing here is.
function unescaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  }
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (sign) => signs[sign] ?? sign)
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list'
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table'
}
