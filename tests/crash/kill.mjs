#!/usr/bin/env node
// The server is killed (SIGKILL) at random moments while many people send their applications. Every application that was answered
// "received" must be there afterwards, whole, and no half of one: `onestop check` folds every journal and compares.
//
//     tests/crash/kill.mjs [ROUNDS]
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';

const ROUNDS = Number(process.argv[2] ?? 100);
const WORKERS = 16;
const PACK = 'packs/zhejiang';
const EVENT = fs.readFileSync(`${PACK}/events/open-a-restaurant.yaml`, 'utf8').match(/^event: *(\S+)/m)[1];
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-crash-'));
const agent = new http.Agent({ keepAlive: true, maxSockets: WORKERS });

const made = spawnSync('build/bench/drafts', [PACK, data, EVENT, String(ROUNDS * 150)], { encoding: 'utf8', maxBuffer: 1 << 26 });
if (made.status !== 0) { console.log(made.stderr); console.log('0 passed, 1 failed'); process.exit(1); }
const [first, ...references] = made.stdout.trim().split('\n');
const [cookie, csrf] = first.split(' ');

async function start() {
  const server = spawn('build/onestop', ['serve', '--pack', PACK, '--data', data, '--listen', '127.0.0.1:0', '--demo'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (chunk) => { text += chunk; const m = text.match(/http:\/\/127\.0\.0\.1:(\d+)/); if (m) resolve(Number(m[1])); });
    server.on('exit', () => reject(new Error(`the server ended before it answered: ${text}`)));
  });
  return { server, port };
}

function request(port, method, url, body) {
  return new Promise((resolve) => {
    const headers = { cookie: `onestop=${cookie}` };
    if (body) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) });
    const r = http.request({ host: '127.0.0.1', port, method, path: url, headers, agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve({ status: response.statusCode, location: response.headers.location ?? '', text }));
      response.on('error', () => resolve({ status: 0, location: '', text: '' }));
    });
    r.on('error', () => resolve({ status: 0, location: '', text: '' }));
    r.end(body);
  });
}

const check = () => spawnSync('build/onestop', ['check', '--data', data], { encoding: 'utf8', maxBuffer: 1 << 26 });

let passed = 0, failed = 0, next = 0;
const received = [], unanswered = [];
const fault = (text) => { failed++; console.log(text); };

for (let round = 0; round < ROUNDS; round++) {
  const { server, port } = await start();
  let alive = true;
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const worker = async () => {
    while (alive && next < references.length) {
      const reference = references[next++];
      const reply = await request(port, 'POST', `/apply/${reference}/check`, `csrf=${csrf}&declared=yes`);
      if (reply.status === 303 && reply.location.endsWith('/sent')) received.push(reference);
      else if (reply.status === 0) unanswered.push(reference);
      else { fault(`${reference}: answered ${reply.status} ${reply.location}`); alive = false; }
    }
  };
  const workers = Array.from({ length: WORKERS }, worker);
  await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 90));
  server.kill('SIGKILL');
  alive = false;
  await ended;
  await Promise.all(workers);
  // Looked at from time to time on the way, and whole at the end.
  if (round % 20 === 19 || round === ROUNDS - 1) {
    const verdict = check();
    if (verdict.status !== 0) fault(`after round ${round + 1}: ${verdict.stdout}${verdict.stderr}`);
  }
  passed++;
}

// Every one that was answered is there; sent again, it gets the same receipt. One that was not answered is there whole, or still a draft.
const { server, port } = await start();
for (const reference of received) {
  const reply = await request(port, 'GET', `/apply/${reference}/sent`);
  if (reply.status !== 200 || !reply.text.includes(reference)) fault(`${reference} was answered "received" and is lost (${reply.status})`);
}
let later = 0;
for (const reference of unanswered) {
  const reply = await request(port, 'POST', `/apply/${reference}/check`, `csrf=${csrf}&declared=yes`);
  if (reply.status === 303 && reply.location.endsWith('/sent')) later++;
  else fault(`${reference} was cut off and cannot be sent again (${reply.status})`);
}
server.kill('SIGTERM');
await new Promise((resolve) => server.on('exit', resolve));
const last = check();
if (last.status !== 0) fault(`at the end: ${last.stdout}${last.stderr}`);
agent.destroy();
fs.rmSync(data, { recursive: true });
console.log(`${ROUNDS} kills; ${received.length} answered "received", all there; ${unanswered.length} cut off, ${later} sent again`);
if (received.length < ROUNDS) fault('too few applications were sent for the test to mean anything');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
