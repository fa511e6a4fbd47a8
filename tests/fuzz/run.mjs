#!/usr/bin/env node
// Runs each fuzz target for FUZZ_SECONDS (600), as many at once as there are cores. What it found in earlier runs is kept in the build
// folder and gone on from; seeds come from the packs, the rules' own tests, and the inputs that are kept in tests/fuzz/corpus. A finding is
// written to build-fuzz/findings.
//
//     tests/fuzz/run.mjs [TARGET …]
//     tests/fuzz/run.mjs --keep [TARGET …]    makes the kept inputs anew: the smallest of all that reach something new, at most 40 a target
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 600);
const BUILD = 'build-fuzz';
const KEPT = 'tests/fuzz/corpus', KEPT_MAX = 36, KEPT_BYTES_MAX = 8000; // inputs a target, and how large one may be
const walk = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? walk(path.join(folder, e.name)) : [path.join(folder, e.name)]));
const yaml = walk('packs').filter((file) => file.endsWith('.yaml'));
const read = (file) => fs.readFileSync(file, 'utf8');

const part = (head, body) => `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const SEEDS = {
  answer: () => ['35.5', '1,234.50', '１，２３４', '-3', '30-2-2026', '3-9-2026', 'yes', 'one', '11010519491231002X', '91350100M000100Y43', '湖边面馆', 'K7M-2QF-9TD', 'AB12-CD34', '2026-02-28', '1e400', '  ', '\u3000', '0.1'],
  context: () => SEEDS.feel().flatMap((rule, i) => [`{a: 3, b: "x", c: true, monthly income: 5, list: [1, 2, null, {x: 2}], h: {net amount: unknown}, f: function(n) n + 1}\n${rule}`, `{a: unknown, two words: [unknown, 2], n: ${i}}\n${rule.replaceAll('b', 'two words')}`]),
  feel: () => [...yaml.flatMap((file) => [...read(file).matchAll(/^\s*(?:- )?\{?(?:when|check|holds|if): *(.+)$/gm)].map((m) => m[1])),
    ...['tests/unit/rules.c', 'tests/unit/rules_unknown.c', 'tests/unit/rules_builtins.c', 'src/rules/builtins_table.c'].flatMap((file) => [...read(file).matchAll(/[{,] *"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1].replace(/\\"/g, '"').replace(/\\n/g, '\n').replace(/\\\\/g, '\\')))],
  form: () => ['\x01a=1&b=%E4%BD%A0+x&a=2&empty=&bare&&lines=one%0D%0Atwo', '\x03csrf=0&%zz=%&=&&', `\0multipart/form-data; boundary=B\n${part('name="a"', 'x')}${part('name="f"; filename="a\\b/c%22.png"\r\nContent-Type: image/png', 'PNG')}--B--\r\n`,
    `\x02multipart/form-data; charset=x; boundary="B"\n${part('name="a"', 'x')}${part('name="f"; filename="图.png"', 'cut').slice(0, -2)}`],
  head: () => ['/apply/K7M-2QF-9TD/questions/floor_area?lang=zh&q=%25', 'http://host/a/%E4%BD%A0', '/a//b/../%2e%2e', 'zh-CN,zh;q=0.9,en;q=0.8,*;q=0.123', '//example.org', '/\\example.org', 'javascript:x', '0123456789abcdef'.repeat(4)],
  json: () => ['{"a":"x","b":[1,2.5,-3e4,true,false,null],"c":{"d":"\\u4f60\\ud83d\\ude00\\n"}}', '[[[[[]]]]]', '"', '{"a":1,"a":2}', '[1,]', '\ufeff{}'],
  model: () => walk('tests').filter((file) => file.endsWith('.dmn')).map(read),
  pack: () => yaml.map((file) => `${read('packs/zhejiang/pack.yaml')}\n---\n${read(file)}`.slice(0, 16000)).concat(yaml.map((file) => read(file).slice(0, 8000))),
};

// What earlier runs found, seeds in a folder of their own, and what is kept.
function inputs(name) {
  const corpus = path.join(BUILD, 'corpus', name), seeds = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-seeds-')), kept = path.join(KEPT, name);
  fs.mkdirSync(corpus, { recursive: true });
  SEEDS[name]().forEach((text, i) => fs.writeFileSync(path.join(seeds, String(i)), text));
  return { seeds, folders: [corpus, seeds].concat(fs.existsSync(kept) ? [kept] : []) };
}

// The fuzzer tells which places of the code each input reaches; taken is what reaches most that is new for its size.
function keep(name) {
  const { seeds, folders } = inputs(name), made = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-merge-'));
  const control = path.join(made, 'control'), merged = path.join(made, 'merged');
  fs.mkdirSync(merged);
  const merge = spawnSync('sh', ['-c', 'ulimit -s 65536; exec "$0" "$@"', path.join(BUILD, 'tests/fuzz', `fuzz-${name}`), '-merge=1', `-merge_control_file=${control}`, '-timeout=100', merged, ...folders], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const lines = read(control).split('\n'), count = Number(lines[0]), reached = [];
  for (const line of lines.slice(2 + count)) {
    const [what, index, ...places] = line.trim().split(' ');
    if (what === 'COV') reached.push({ text: fs.readFileSync(lines[2 + Number(index)]), places });
  }
  const known = new Set(), taken = [], small = reached.filter((input) => input.text.length <= KEPT_BYTES_MAX);
  const worth = (input) => input.places.filter((place) => !known.has(place)).length / (input.text.length + 100);
  while (taken.length < KEPT_MAX && small.length) {
    const best = small.reduce((a, b) => ((a.worth = worth(a)) >= (b.worth = worth(b)) ? a : b));
    if (!best.worth) break;
    taken.push(small.splice(small.indexOf(best), 1)[0]);
    best.places.forEach((place) => known.add(place));
  }
  fs.rmSync(path.join(KEPT, name), { recursive: true, force: true });
  fs.mkdirSync(path.join(KEPT, name), { recursive: true });
  taken.forEach((input, i) => fs.writeFileSync(path.join(KEPT, name, String(i).padStart(2, '0')), input.text));
  for (const folder of [seeds, made]) fs.rmSync(folder, { recursive: true });
  fs.rmSync(`/dev/shm/onestop-fuzz-${merge.pid}`, { recursive: true, force: true });
  const all = new Set(reached.flatMap((input) => input.places));
  console.log(`${name}: ${taken.length} of ${reached.length} inputs reach ${known.size} of ${all.size} places`);
}

function run(name) {
  const { seeds, folders } = inputs(name), findings = path.join(BUILD, 'findings');
  fs.mkdirSync(findings, { recursive: true });
  return new Promise((resolve) => {
    // The sanitizers make each frame several times as large, and expressions may lie 2,000 deep.
    const child = spawn('sh', ['-c', 'ulimit -s 65536; exec "$0" "$@"', path.join(BUILD, 'tests/fuzz', `fuzz-${name}`), ...folders, `-max_total_time=${SECONDS}`, '-timeout=100', '-rss_limit_mb=2048', '-print_final_stats=1', `-artifact_prefix=${findings}/${name}-`,
      ...(name === 'pack' ? ['-max_len=20000'] : [])], { stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    child.stderr.on('data', (chunk) => { text = (text + chunk).slice(-20000); });
    child.on('exit', (code) => {
      fs.rmSync(seeds, { recursive: true });
      fs.rmSync(`/dev/shm/onestop-fuzz-${child.pid}`, { recursive: true, force: true });
      const inputs = text.match(/number_of_executed_units: (\d+)/)?.[1];
      console.log(code === 0 ? `${name}: ${inputs} inputs, nothing found` : `FAILED ${name}:\n${text.slice(-6000)}`);
      resolve(code === 0);
    });
  });
}

const keeps = process.argv[2] === '--keep', asked = process.argv.slice(keeps ? 3 : 2);
const names = asked.length ? asked : Object.keys(SEEDS);
if (keeps) {
  names.forEach(keep);
  process.exit(0);
}
let passed = 0, failed = 0;
const worker = async () => { for (let name; (name = names.shift());) if (await run(name)) passed++; else failed++; };
await Promise.all(os.cpus().map(worker));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
