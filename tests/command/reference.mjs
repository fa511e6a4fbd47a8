#!/usr/bin/env node
// docs/reference.md is what the program prints; `make docs` writes it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
const printed = spawnSync('build/onestop', ['lint', '--reference'], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout;
const kept = fs.readFileSync('docs/reference.md', 'utf8');
const good = printed.length > 10000 && kept.endsWith(printed);
if (!good) console.log('docs/reference.md is not what `onestop lint --reference` prints: `make docs` mends it');
console.log(good ? '1 passed, 0 failed' : '0 passed, 1 failed');
process.exit(good ? 0 : 1);
