#!/usr/bin/env node
// The house holds: every include points down, and reaches a module only through its one door.
// The order of the floors is the order in src/meson.build's comment and ARCHITECTURE.md.

import fs from 'node:fs';
import path from 'node:path';

// What each module may know of. What is missing here is forbidden.
const FLOORS = [
  ['base'],
  ['trust', 'calendar', 'rules'],
  ['language', 'catalogue'],
  ['plan', 'cases'],
  ['lint'],
  ['store'],
  ['desk'],
  ['notify', 'api', 'web'],
  ['main'],
];
// Two on one floor do not know each other; what knows nothing of packs and people stays that way.
const NARROW = { trust: ['base'], calendar: ['base'], rules: ['base'], language: ['calendar', 'base'] };
const below = (module) => FLOORS.slice(0, FLOORS.findIndex((floor) => floor.includes(module))).flat();
const MAY = Object.fromEntries(FLOORS.flat().map((module) => [module, NARROW[module] ?? below(module)]));
// What is banned, and why.
const BANNED = {
  sprintf: 'does not know the size of its buffer', strcpy: 'does not know the size of its buffer',
  strcat: 'does not know the size of its buffer', gets: 'does not know the size of its buffer',
  strtok: 'keeps hidden state', atoi: 'cannot say that it failed',
};
const BANNED_OUTSIDE_BASE = {
  malloc: 'memory comes from arenas', calloc: 'memory comes from arenas', realloc: 'memory comes from arenas',
  free: 'memory comes from arenas', rand: 'randomness comes from store_random', time: 'the time comes in as an argument',
};

let passed = 0;
const faults = [];
const files = (dir) => fs.readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
  e.isDirectory() ? files(path.join(dir, e.name)) : [path.join(dir, e.name)]);

for (const module of fs.readdirSync('src').filter((m) => fs.statSync(path.join('src', m)).isDirectory())) {
  if (!(module in MAY)) faults.push(`src/${module}: a module that the house does not know`);
  if (module !== 'main' && !fs.existsSync(`src/${module}/${module}.h`)) faults.push(`src/${module}: has no door ${module}.h`);
  for (const file of files(path.join('src', module)).filter((f) => /\.[ch]$/.test(f))) {
    const before = faults.length;
    const text = fs.readFileSync(file, 'utf8');
    for (const [, header] of text.matchAll(/^#include "([^"]+)"/gm)) {
      const [other, name] = header.split('/');
      if (other === module) continue;
      if (name !== `${other}.h`) faults.push(`${file}: "${header}" is not the door of ${other}`);
      if (!MAY[module]?.includes(other)) faults.push(`${file}: ${module} may not know ${other}`);
    }
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"/g, '');
    const banned = module === 'base' ? BANNED : { ...BANNED, ...BANNED_OUTSIDE_BASE };
    for (const [name, why] of Object.entries(banned))
      if (new RegExp(`(?<![\\w.>])${name}\\s*\\(`).test(code)) faults.push(`${file}: ${name} is banned: ${why}`);
    if (faults.length === before) passed++;
  }
}
faults.forEach((f) => console.log(f));
console.log(`${passed} passed, ${faults.length} failed`);
process.exit(faults.length ? 1 : 0);
