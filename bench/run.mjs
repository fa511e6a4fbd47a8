#!/usr/bin/env node
// `make bench`: what a durable submission and a page cost, as ratios taken side by side in one run.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';

const SECONDS = Number(process.env.SECONDS ?? 5), CONNECTIONS = 64, DRAFTS = 60000;
const EVENT = 'open-a-restaurant', PACK = 'packs/zhejiang';
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-bench-'));
const median = (list) => list.slice().sort((a, b) => a - b)[Math.floor(list.length / 2)];
const run = (program, args) => spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const rss = (pid) => Number(fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;

const [first, ...references] = run('build/bench/drafts', [PACK, data, EVENT, String(DRAFTS)]).stdout.trim().split('\n');
const [cookie, csrf] = first.split(' ');
fs.writeFileSync(`${data}/references`, references.join('\n'));
fs.writeFileSync(`${data}/send.lua`, `
local references, next_one, taken = {}, 0, 0
for line in io.lines("${data}/references") do references[#references + 1] = line end
local headers = { ["Cookie"] = "onestop=${cookie}", ["Content-Type"] = "application/x-www-form-urlencoded" }
function request()
  next_one = next_one + 1
  return wrk.format("POST", "/apply/" .. (references[next_one] or references[#references]) .. "/check", headers, "csrf=${csrf}&declared=yes")
end
`);

async function start(program, args, ready) {
  const began = process.hrtime.bigint();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((resolve) => { let t = ''; child.stdout.on('data', (c) => { t += c; const m = t.match(ready); if (m) resolve(m); }); });
  return { child, said, ms: Number(process.hrtime.bigint() - began) / 1e6 };
}
const stop = (child) => new Promise((resolve) => { child.on('exit', resolve); child.kill('SIGTERM'); });
const wrk = (url, more = []) => Number(run('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, ...more, url]).stdout.match(/Requests\/sec:\s+([\d.]+)/)?.[1]);

const serve = ['serve', '--pack', PACK, '--data', data, '--listen', '127.0.0.1:0'];
let server = await start('build/onestop', serve, /http:\/\/127\.0\.0\.1:\d+/);
const base = server.said[0];
await new Promise((resolve) => setTimeout(resolve, 1000));
const idle = rss(server.child.pid), startup = server.ms;

console.log('Durable submissions: a restaurant application sent over HTTP, against its rows alone on a bare SQLite in groups of the same size');
const before = Date.now();
wrk(base, ['-s', `${data}/send.lua`]);
const took = (Date.now() - before) / 1000, loaded = rss(server.child.pid);
await stop(server.child);
const counted = run('sqlite3', [`${data}/onestop.db`, 'SELECT COUNT(*), MIN(id) FROM application WHERE state = 2']).stdout.trim().split('|').map(Number);
const [sent, example] = counted;
const ours = sent / Math.min(took, SECONDS);
const bare = median([1, 2, 3].map((turn) => Number(run('build/bench/bare', [`${data}/onestop.db`, `${data}/bare-${turn}.db`, String(example), String(Math.min(sent, 20000)), String(CONNECTIONS)]).stdout.split(',')[1])));
console.log(`  ours ${ours.toFixed(0)}/s, bare ${bare.toFixed(0)}/s in groups of ${CONNECTIONS}: ratio ${(ours / bare).toFixed(2)} (0.5 or better)`);

console.log('Pages: against libmicrohttpd answering the same bytes from memory');
server = await start('build/onestop', serve, /http:\/\/127\.0\.0\.1:\d+/);
const threads = Math.max(2, os.cpus().length);
for (const url of ['/', `/events/${EVENT}`]) {
  const page = await (await fetch(server.said[0] + url)).text();
  fs.writeFileSync(`${data}/page`, page);
  const bytes = await start('build/bench/bytes', [`${data}/page`, '18099', String(threads)], /ready/);
  const ratios = [], rates = [];
  for (let turn = 0; turn < 3; turn++) {
    const own = wrk(server.said[0] + url), theirs = wrk('http://127.0.0.1:18099/');
    rates.push(own);
    ratios.push(own / theirs);
  }
  await stop(bytes.child);
  console.log(`  ${url} (${Buffer.byteLength(page)} bytes): ${median(rates).toFixed(0)}/s, ratio ${median(ratios).toFixed(2)} (0.4 or better)`);
}
await stop(server.child);
console.log(`Memory: ${idle.toFixed(0)} MB idle (64 or less), ${loaded.toFixed(0)} MB after the load`);
console.log(`Start: ${startup.toFixed(0)} ms until it answers; program: ${(fs.statSync('build/onestop').size / 1e6).toFixed(1)} MB with symbols`);
fs.rmSync(data, { recursive: true });
