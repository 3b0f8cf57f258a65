#!/usr/bin/env node
await import('../dist/main/cli.js')
