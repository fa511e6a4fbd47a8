#!/usr/bin/env node
// What `onestop new` writes can be served at once, nothing is found in it, and nothing that was there is written over.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-new-')), pack = path.join(folder, 'smalltown');
let passed = 0, failed = 0;
const check = (good, what) => { good ? passed++ : failed++; if (!good) console.log(what); };
const run = (...words) => spawnSync('build/onestop', words, { encoding: 'utf8' });

const made = run('new', pack);
check(made.status === 0 && made.stdout.includes(`serve --pack ${pack}`), `it is made: ${made.stdout}${made.stderr}`);
const lint = run('lint', pack);
check(lint.status === 0 && lint.stdout.includes('no faults'), `nothing is found in it: ${lint.stdout}${lint.stderr}`);
const before = fs.readFileSync(path.join(pack, 'pack.yaml'), 'utf8');
const again = run('new', pack);
check(again.status === 1 && again.stderr.includes('name a folder that is not there yet'), `a second time it is refused: ${again.stderr}`);
check(fs.readFileSync(path.join(pack, 'pack.yaml'), 'utf8') === before, 'and nothing was changed');
check(run('new', path.join(folder, 'no/such')).status === 1, 'a folder in none is refused');
check(run('new').status === 2, 'without a name it is refused');

const server = spawn('build/onestop', ['serve', '--pack', pack, '--data', path.join(folder, 'data'), '--listen', '127.0.0.1:0', '--demo']);
let out = '';
server.stdout.on('data', (chunk) => { out += chunk; });
for (let turn = 0; turn < 100 && !/127\.0\.0\.1:\d+/.test(out); turn++) await new Promise((resolve) => setTimeout(resolve, 100));
const base = `http://127.0.0.1:${out.match(/127\.0\.0\.1:(\d+)/)?.[1]}`;
const page = await (await fetch(`${base}/events/open-a-snack-bar`)).text();
check(['Open a snack bar', 'Snack bar licence', 'Layout plan', 'Market office', 'Food Act'].every((word) => page.includes(word)), 'its guide has everything');
server.kill();
fs.rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
