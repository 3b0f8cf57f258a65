import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Application } from 'typedoc'
import { root } from './run-command.mjs'

/** The page about everything that a package exports, written from its types and their comments. */
export async function libraryPage(name) {
  const out = mkdtempSync(join(tmpdir(), 'rosette-docs-'))
  try {
    const app = await Application.bootstrapWithPlugins(optionsFor(`${root}packages/${name}`, out))
    const project = await app.convert()
    if (project === undefined) throw new Error(`The types of ${name} cannot be read.`)
    await app.generateOutputs(project)
    return tidy(readFileSync(join(out, 'index.md'), 'utf8'))
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

function optionsFor(folder, out) {
  return {
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: [`${folder}/src/index.ts`],
    tsconfig: `${folder}/tsconfig.json`,
    // Whether it compiles is for others to say; parts of it that are not exported need no page.
    skipErrorChecking: true,
    validation: { notExported: false },
    groupOrder: ['Functions', 'Type Aliases', '*'],
    logLevel: 'Error',
    readme: 'none',
    outputs: [{ name: 'markdown', path: out }],
    outputFileStrategy: 'modules',
    entryFileName: 'index',
    disableSources: true,
    excludeExternals: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    useCodeBlocks: true,
    expandParameters: true,
    parametersFormat: 'table',
    propertiesFormat: 'table',
    propertyMembersFormat: 'table',
    typeDeclarationFormat: 'table',
  }
}

// What every error has is no news, and neither are empty cells or anchors that nothing links to.
function tidy(page) {
  return page
    .replace(/#+ Overrides\n+`Error\.constructor`\n+/g, '')
    .replace(/<a id="[^"]*"><\/a> /g, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
}
