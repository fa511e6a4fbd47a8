#!/usr/bin/env node
// The pack is read again without a restart: SIGHUP, while people are reading. A pack with faults is told and left.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-reload-'));
const pack = path.join(folder, 'pack'), file = path.join(pack, 'events/open-a-restaurant.yaml');
let passed = 0, failed = 0;
const check = (good, what) => { good ? passed++ : failed++; if (!good) console.log(`${program}: ${what}`); };
let program = '';
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
const get = (port, url) => new Promise((resolve) => {
  http.get({ host: '127.0.0.1', port, path: url, agent }, (response) => {
    let text = '';
    response.on('data', (chunk) => { text += chunk; });
    response.on('end', () => resolve({ status: response.statusCode, text }));
  }).on('error', (error) => resolve({ status: 0, text: String(error) }));
});
async function until(condition, what) {
  for (let turn = 0; turn < 300; turn++) {
    if (await condition()) return check(true, what);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  check(false, what);
}

for (program of ['build/onestop', 'build-asan/onestop']) {
  fs.rmSync(pack, { recursive: true, force: true });
  fs.cpSync('packs/zhejiang', pack, { recursive: true });
  const server = spawn(program, ['serve', '--pack', pack, '--data', path.join(folder, path.dirname(program)), '--listen', '127.0.0.1:0'],
    { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '', err = '', ended = null;
  server.stdout.on('data', (chunk) => { out += chunk; });
  server.stderr.on('data', (chunk) => { err += chunk; });
  server.on('exit', (code) => { ended = code; });
  await until(() => /127\.0\.0\.1:\d+/.test(out) || ended !== null, 'it answers');
  const port = Number(out.match(/127\.0\.0\.1:(\d+)/)?.[1]);
  const summary = fs.readFileSync(file, 'utf8').match(/^summary:\n? *\{?\s*en: *(.+)/m)?.[1].slice(0, 30);
  check(summary && (await get(port, '/events/open-a-restaurant')).text.includes(summary), `the page has the summary "${summary}"`);

  // Readers who never stop, and what they were told.
  const told = new Map();
  let reading = true;
  const readers = Array.from({ length: 8 }, async () => {
    while (reading) {
      const { status } = await get(port, '/events/open-a-restaurant');
      told.set(status, (told.get(status) ?? 0) + 1);
    }
  });
  for (let version = 1; version <= 3; version++) {
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, version === 1 ? text.replace(summary, `Version 1 ${summary}`) : text.replace(`Version ${version - 1}`, `Version ${version}`));
    server.kill('SIGHUP');
    await until(async () => (await get(port, '/events/open-a-restaurant')).text.includes(`Version ${version}`), `version ${version} is shown`);
  }
  fs.appendFileSync(file, '\nsummery: {en: x, zh: x}\n');
  server.kill('SIGHUP');
  await until(() => err.includes('still served'), 'a pack with faults is told');
  check(err.includes('unknown key "summery"') && err.includes('did you mean'), `what is wrong with it is told: ${err}`);
  check((await get(port, '/events/open-a-restaurant')).text.includes('Version 3'), 'the pack before it is still served');
  reading = false;
  await Promise.all(readers);
  check(told.size === 1 && told.get(200) > 100, `every reader was answered: ${JSON.stringify([...told])}`);
  server.kill('SIGTERM');
  await until(() => ended !== null, 'it stops');
  check(ended === 0, `it stops well (${ended}): ${err}`);
}
fs.rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
