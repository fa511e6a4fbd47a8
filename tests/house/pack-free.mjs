#!/usr/bin/env node
// Everything comes from the pack: no identifier and no text of any pack stands in src/.

import fs from 'node:fs';
import path from 'node:path';
const files = (dir) => fs.readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
  e.isDirectory() ? files(path.join(dir, e.name)) : [path.join(dir, e.name)]);

const identifiers = new Set(), texts = new Set();
for (const file of files('packs').filter((f) => f.endsWith('.yaml'))) {
  const yaml = fs.readFileSync(file, 'utf8');
  for (const [, id] of yaml.matchAll(/^(?:service|evidence|fact|authority|law|event|procedure): *([\w-]+)/gm))
    // One common word alone ("district", "licence") is not a pack's own.
    if (/[-_]/.test(id)) identifiers.add(id);
  for (const [, text] of yaml.matchAll(/(?:en|zh): *"?([^"{},\n]{20,})/g)) texts.add(text.trim().replace(/\.$/, ''));
}

let passed = 0, failed = 0;
for (const file of files('src').filter((f) => /\.(c|h|html|js)$/.test(f))) {
  const source = fs.readFileSync(file, 'utf8');
  // Comments may tell a story with examples.
  const code = /\.[ch]$/.test(file) ? source.replace(/\/\*[\s\S]*?\*\//g, '') : source;
  const found = [...identifiers].filter((id) => new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(code))
    .concat([...texts].filter((text) => code.includes(text)));
  if (found.length) console.log(`${file}: stands in a pack: ${found.join(', ')}`);
  found.length ? failed++ : passed++;
}
if (identifiers.size < 50) { console.log('too few identifiers were found in packs/'); failed++; }
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
