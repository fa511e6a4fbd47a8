#!/usr/bin/env node
// Runs each fuzz target for FUZZ_SECONDS (600), as many at once as there are cores. What it found in earlier runs is kept in the build
// folder and gone on from; seeds come from the packs and the rules' own test. A finding is written to build-fuzz/findings.
//
//     tests/fuzz/run.mjs [TARGET …]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 600);
const BUILD = 'build-fuzz';
const walk = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? walk(path.join(folder, e.name)) : [path.join(folder, e.name)]));
const yaml = walk('packs').filter((file) => file.endsWith('.yaml'));
const read = (file) => fs.readFileSync(file, 'utf8');

const part = (head, body) => `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const SEEDS = {
  answer: () => ['35.5', '1,234.50', '１，２３４', '-3', '30-2-2026', '3-9-2026', 'yes', 'one', '11010519491231002X', '91350100M000100Y43', '湖边面馆', 'K7M-2QF-9TD', 'AB12-CD34', '2026-02-28', '1e400', '  ', '\u3000', '0.1'],
  feel: () => [...yaml.flatMap((file) => [...read(file).matchAll(/^\s*(?:- )?\{?(?:when|check|holds|if): *(.+)$/gm)].map((m) => m[1])),
    ...['tests/unit/rules.c', 'tests/unit/rules_unknown.c', 'tests/unit/rules_builtins.c', 'src/rules/builtins_table.c'].flatMap((file) => [...read(file).matchAll(/[{,] *"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1].replace(/\\"/g, '"').replace(/\\n/g, '\n').replace(/\\\\/g, '\\')))],
  form: () => ['\x01a=1&b=%E4%BD%A0+x&a=2&empty=&bare&&lines=one%0D%0Atwo', '\x03csrf=0&%zz=%&=&&', `\0multipart/form-data; boundary=B\n${part('name="a"', 'x')}${part('name="f"; filename="a\\b/c%22.png"\r\nContent-Type: image/png', 'PNG')}--B--\r\n`,
    `\x02multipart/form-data; charset=x; boundary="B"\n${part('name="a"', 'x')}${part('name="f"; filename="图.png"', 'cut').slice(0, -2)}`],
  head: () => ['/apply/K7M-2QF-9TD/questions/floor_area?lang=zh&q=%25', 'http://host/a/%E4%BD%A0', '/a//b/../%2e%2e', 'zh-CN,zh;q=0.9,en;q=0.8,*;q=0.123', '//example.org', '/\\example.org', 'javascript:x', '0123456789abcdef'.repeat(4)],
  json: () => ['{"a":"x","b":[1,2.5,-3e4,true,false,null],"c":{"d":"\\u4f60\\ud83d\\ude00\\n"}}', '[[[[[]]]]]', '"', '{"a":1,"a":2}', '[1,]', '\ufeff{}'],
  model: () => walk('tests').filter((file) => file.endsWith('.dmn')).map(read),
  pack: () => yaml.map((file) => `${read('packs/zhejiang/pack.yaml')}\n---\n${read(file)}`.slice(0, 16000)).concat(yaml.map((file) => read(file).slice(0, 8000))),
};

function run(name) {
  const corpus = path.join(BUILD, 'corpus', name), seeds = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-seeds-')), findings = path.join(BUILD, 'findings');
  for (const folder of [corpus, findings]) fs.mkdirSync(folder, { recursive: true });
  SEEDS[name]().forEach((text, i) => fs.writeFileSync(path.join(seeds, String(i)), text));
  const kept = path.join('tests/fuzz/kept', name);
  const folders = [corpus, seeds].concat(fs.existsSync(kept) ? [kept] : []);
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

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SEEDS);
let passed = 0, failed = 0;
const worker = async () => { for (let name; (name = names.shift());) if (await run(name)) passed++; else failed++; };
await Promise.all(os.cpus().map(worker));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
