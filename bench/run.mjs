#!/usr/bin/env node
// `make bench`: what a durable submission and a page cost, as ratios. Ours and the bare thing take turns in one run; the median of the ratios
// counts, so that whatever else the machine does falls on both.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';

const SECONDS = Number(process.env.SECONDS ?? 5), TURNS = Number(process.env.TURNS ?? 5), CONNECTIONS = 64, DRAFTS = 10000 * SECONDS;
const EVENT = 'open-a-restaurant', PACK = 'packs/zhejiang';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const median = (list) => list.slice().sort((a, b) => a - b)[Math.floor(list.length / 2)];
const spread = (list) => list.map((one) => one.toFixed(2)).join(' ');
const rss = (pid) => Number(fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;

function run(program, args) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
  if (done.status !== 0) throw new Error(`${program} failed`);
  return done.stdout;
}

async function start(program, args, ready) {
  const began = process.hrtime.bigint();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((resolve) => { let t = ''; child.stdout.on('data', (c) => { t += c; const m = t.match(ready); if (m) resolve(m); }); });
  return { child, said, ms: Number(process.hrtime.bigint() - began) / 1e6 };
}
const stop = (child) => new Promise((resolve) => { child.on('exit', resolve); child.kill('SIGTERM'); });
const serve = (data) => start('build/onestop', ['serve', '--pack', PACK, '--data', data, '--listen', '127.0.0.1:0', '--demo'], /http:\/\/127\.0\.0\.1:\d+/);

// Answers in time, and how long that was. Errors and refusals are no answers: one of them ends the run.
function wrk(url, more = []) {
  const said = run('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, ...more, url]);
  if (/Socket errors|Non-2xx/.test(said)) throw new Error(`${url} was not answered well:\n${said}`);
  const [, count, seconds] = said.match(/(\d+) requests in ([\d.]+)s/);
  return { count: Number(count), seconds: Number(seconds) };
}
const rate = (url) => { const { count, seconds } = wrk(url); return count / seconds; };

// Commits until now, from the index of SQLite's log: the third word counts transactions.
const commits = (data) => fs.readFileSync(`${data}/onestop.db-shm`).readUInt32LE(8);

// ---- submissions ----
const drafts = `${folder}/drafts`;
const [first, ...references] = run('build/bench/drafts', [PACK, drafts, EVENT, String(DRAFTS)]).trim().split('\n');
const [cookie, csrf] = first.split(' ');
fs.writeFileSync(`${folder}/references`, references.join('\n'));
fs.writeFileSync(`${folder}/send.lua`, `
local references, next_one = {}, 0
for line in io.lines("${folder}/references") do references[#references + 1] = line end
local headers = { ["Cookie"] = "onestop=${cookie}", ["Content-Type"] = "application/x-www-form-urlencoded" }
function request()
  next_one = next_one + 1
  return wrk.format("POST", "/apply/" .. (references[next_one] or "none-left") .. "/check", headers, "csrf=${csrf}&declared=yes")
end
`);
function copy(name) {
  fs.cpSync(drafts, `${folder}/${name}`, { recursive: true });
  run('sync', []);
  return `${folder}/${name}`;
}

console.log('Durable submissions: a restaurant application sent over HTTP, against the same rows written to bare SQLite in groups of the same size');
const ratios = [], ours = [], bare = [], groups = [], idle = [], loaded = [], startup = [];
let rows;
for (let turn = 0; turn < TURNS; turn++) {
  const data = copy('ours');
  const server = await serve(data);
  startup.push(server.ms);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  idle.push(rss(server.child.pid));
  const before = commits(data);
  const { count, seconds } = wrk(server.said[0], ['-s', `${folder}/send.lua`]);
  loaded.push(rss(server.child.pid));
  const made = commits(data) - before;
  await stop(server.child);
  const [sent, example] = run('sqlite3', [`${data}/onestop.db`, 'SELECT COUNT(*), MIN(id) FROM application WHERE state = 2']).trim().split('|').map(Number);
  // Those under way at the end are on the disk, but their answers were not counted.
  if (sent < count || sent > count + CONNECTIONS) throw new Error(`${count} were answered, ${sent} were sent`);
  const other = copy('bare');
  const [said, bareRate] = run('build/bench/bare', [`${data}/onestop.db`, `${other}/onestop.db`, String(example), String(sent), String(made)]).split(',');
  rows = said;
  ours.push(count / seconds);
  bare.push(Number(bareRate));
  groups.push(sent / made);
  ratios.push(ours[turn] / bare[turn]);
  fs.rmSync(data, { recursive: true });
  fs.rmSync(other, { recursive: true });
}
console.log(`  ours ${median(ours).toFixed(0)}/s, bare ${median(bare).toFixed(0)}/s, ${rows} each, in groups of ${median(groups).toFixed(0)}: ` +
  `ratio ${median(ratios).toFixed(2)} (0.5 or better; turns: ${spread(ratios)})`);

// ---- pages ----
console.log('Pages: against libmicrohttpd answering the same bytes from memory');
const server = await serve(drafts);
const threads = Math.max(2, os.cpus().length);
for (const url of ['/', `/events/${EVENT}`]) {
  const page = await (await fetch(server.said[0] + url)).text();
  fs.writeFileSync(`${folder}/page`, page);
  const bytes = await start('build/bench/bytes', [`${folder}/page`, '0', String(threads)], /ready on (\d+)/);
  const own = [], all = [];
  for (let turn = 0; turn < TURNS; turn++) {
    own.push(rate(server.said[0] + url));
    all.push(own[turn] / rate(`http://127.0.0.1:${bytes.said[1]}/`));
  }
  await stop(bytes.child);
  console.log(`  ${url} (${Buffer.byteLength(page)} bytes): ${median(own).toFixed(0)}/s, ratio ${median(all).toFixed(2)} (0.4 or better; turns: ${spread(all)})`);
}
const read = rss(server.child.pid);
await stop(server.child);

console.log(`Memory: ${median(idle).toFixed(0)} MB idle (64 or less), ${Math.max(...loaded).toFixed(0)} MB after submissions, ${read.toFixed(0)} MB after pages`);
console.log(`Start: ${median(startup).toFixed(0)} ms until it answers; program: ${(fs.statSync('build/onestop').size / 1e6).toFixed(1)} MB with symbols`);
