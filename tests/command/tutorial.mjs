#!/usr/bin/env node
// The tutorial of docs/packs.md, followed to the letter: after each step the packs have no fault.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-tutorial-'));
let passed = 0, failed = 0;
const check = (good, what) => { good ? passed++ : failed++; if (!good) console.log(what); };
const run = (...words) => spawnSync(path.resolve('build/onestop'), words, { cwd: folder, encoding: 'utf8' });

check(run('new', 'smalltown').status === 0, 'it begins');
const tutorial = fs.readFileSync('docs/packs.md', 'utf8');
const steps = tutorial.split(/^### (?=\d)/m).slice(1);
check(steps.length >= 6, `the tutorial has ${steps.length} steps`);
let blocks = 0;
for (const step of steps) {
  for (const [, what, file, text] of step.matchAll(/^(Add to|Write) `([^`]+)`:\n\n```yaml\n([\s\S]*?)^```/gm)) {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (what === 'Write') fs.writeFileSync(target, text);
    else fs.appendFileSync(target, `---\n${text}`);
    blocks++;
  }
  for (const pack of ['smalltown', 'smallcity'].filter((name) => fs.existsSync(path.join(folder, name)))) {
    const lint = run('lint', pack);
    check(lint.status === 0 && lint.stdout.includes('no faults'), `${step.split('\n')[0]}: ${pack}: ${lint.stdout}${lint.stderr}`);
  }
}
const shown = tutorial.match(/^```yaml/gm).length;
check(blocks === shown, `${blocks} of ${shown} blocks were followed`);
fs.rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
