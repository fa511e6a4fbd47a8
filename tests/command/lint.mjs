#!/usr/bin/env node
// `onestop lint` on broken packs. Each file of tests/lint/cases changes one thing in the pack tests/lint/base, which is without
// a fault, and says what must be found where. Nothing else may be found. On the plain and the sanitized program.
//
//     The authority promises to take longer than the law allows.      what is wrong, for people
//     = promise-over-statute                                          the code; a file too, where it stands on no line
//     @ services.yaml                                                 the file that is changed, or made
//      time:                                                          kept, to find the place
//     -    promised: 8 working days                                   taken out
//     +    statutory: 7 working days                                  put in
//     !    promised: 18 working days                                  put in, and the finding stands here
//     *    fee: 50 CNY                                                kept, and the finding stands here
//
// Lines that are put in without a place go to the end of the file. 〈FF〉 is that byte, 〈#×90〉 that sign ninety times.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const BASE = 'tests/lint/base', CASES = 'tests/lint/cases', DAY = '2026-11-01';
const PROGRAMS = ['build/onestop', 'build-asan/onestop'].filter((program) => fs.existsSync(program));

const basePack = Object.fromEntries(fs.readdirSync(BASE).map((name) => [name, fs.readFileSync(path.join(BASE, name), 'utf8')]));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-lint-'));
let passed = 0, failed = 0;
const check = (name, holds, detail) => {
  holds ? passed++ : failed++;
  if (!holds) console.log(`FAILED ${name}: ${detail}`);
};

// The lines of a file as objects, so that a mark stays with its line whatever moves.
const linesOf = (text) => text.replace(/\n$/, '').split('\n').map((line) => ({ line, mark: false }));

function change(lines, hunk) {
  const kept = hunk.filter(({ sign }) => ' -*'.includes(sign)).map(({ line }) => line);
  const places = kept.length === 0 ? [lines.length] : [...lines.keys()].filter((at) => kept.every((line, i) => lines[at + i]?.line === line));
  if (places.length !== 1) throw new Error(`${places.length} places for:\n${kept.join('\n')}`);
  let from = places[0];
  const put = hunk.flatMap(({ sign, line }) => {
    if ('+!'.includes(sign)) return [{ line, mark: sign === '!' }];
    const old = lines[from++];
    return sign === '-' ? [] : [{ ...old, mark: old.mark || sign === '*' }];
  });
  lines.splice(places[0], kept.length, ...put);
}

function readCase(name) {
  const [head, ...rest] = fs.readFileSync(path.join(CASES, name), 'utf8').replace(/\n$/, '').split(/^@ /m);
  const [, code, file] = head.match(/^= (\S+)(?: (\S+))?$/m);
  const files = Object.fromEntries(Object.entries(basePack).map(([n, text]) => [n, linesOf(text)]));
  for (const part of rest) {
    const [target, ...body] = part.replace(/\n$/, '').split('\n');
    files[target] ??= [];
    change(files[target], body.map((line) => ({ sign: line[0] ?? ' ', line: line.slice(1) })));
  }
  const marks = Object.entries(files).flatMap(([n, lines]) => lines.flatMap(({ mark }, i) => (mark ? [`${n}:${i + 1}`] : [])));
  return { code, files, places: marks.length ? marks : [`${file ?? ''}:0`] };
}

const bytes = (text) => Buffer.concat(text.replace(/〈(.)×(\d+)〉/g, (_, sign, times) => sign.repeat(Number(times))).split(/〈([0-9A-F]{2})〉/).map((part, i) => (i % 2 ? Buffer.from(part, 'hex') : Buffer.from(part))));

function write(files) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  for (const [name, lines] of Object.entries(files))
    fs.writeFileSync(path.join(folder, name), bytes(lines.map(({ line }) => `${line}\n`).join('')));
}

function lint(program, pack, ...options) {
  const run = spawnSync(program, ['lint', pack, '--on', DAY, '--format', 'json', ...options], { encoding: 'utf8' });
  return { exit: run.status, error: run.stderr, findings: run.stdout ? JSON.parse(run.stdout).findings : [] };
}
const told = (f) => `${f.code} ${path.relative(folder, f.file) || ''}:${f.line} (${f.what})`;

const tried = new Set();
const cases = fs.readdirSync(CASES).filter((name) => name.endsWith('.case'));
for (const program of PROGRAMS) {
  const { exit, findings } = lint(program, BASE);
  check(`${program}: the base`, exit === 0 && findings.length === 0, findings.map(told).join('; '));
  for (const name of cases) {
    try {
      const { code, files, places } = readCase(name);
      tried.add(code);
      write(files);
      const run = lint(program, folder);
      // One finding, at the marked line; of two marked lines at either.
      const right = run.findings.length === 1 && run.findings[0].code === code &&
        places.includes(`${path.relative(folder, run.findings[0].file)}:${run.findings[0].line}`);
      check(`${program}: ${name}`, right, `wanted ${code} at ${places.join(' or ')}, got ${run.findings.map(told).join('; ') || 'nothing'}${run.error}`);
      const severity = run.findings[0]?.severity;
      check(`${program}: ${name}, exit`, run.exit === (severity === 'error' ? 1 : 0), `${severity} and exit ${run.exit}`);
    } catch (error) {
      check(`${program}: ${name}`, false, error.message);
    }
  }
}

// What is accepted is told with its reason, and clutters nothing; an error cannot be accepted.
const ACCEPTED = ['---', 'accepted: as-it-is', 'finding: once-only', 'in: evidence identity', 'reason: The register is not complete yet.'];
const changed = (...hunks) => Object.fromEntries(Object.entries(basePack).map(([name, text]) => {
  const lines = linesOf(text);
  hunks.filter(([target]) => target === name).forEach(([, hunk]) => change(lines, hunk.map((line) => ({ sign: line[0], line: line.slice(1) }))));
  return [name, lines];
}));
const UPLOAD = ['evidence.yaml', [' holder: register-office', '+upload: true']];
const put = (lines) => ['evidence.yaml', lines.map((line) => `+${line}`)];
for (const program of PROGRAMS) {
  write(changed(UPLOAD, put(ACCEPTED)));
  const { exit, findings } = lint(program, folder);
  check(`${program}: accepted`, exit === 0 && findings.length === 1 && findings[0].accepted === 'The register is not complete yet.', JSON.stringify(findings));
  const text = spawnSync(program, ['lint', folder, '--on', DAY], { encoding: 'utf8' });
  check(`${program}: accepted, as text`, text.status === 0 && /^\S+: no faults in .*, 1 warning accepted\n$/.test(text.stdout), text.stdout);
  write(changed(['services.yaml', ['-    promised: 8 working days', '+    promised: 18 working days']],
    put(ACCEPTED.map((line) => line.replace('once-only', 'promise-over-statute').replace('evidence identity', 'service food-licence')))));
  const codes = lint(program, folder).findings.map(({ code }) => code).sort().join();
  check(`${program}: an error accepted`, codes === 'promise-over-statute,stale-acceptance', codes);
  write(changed(UPLOAD));
  const said = spawnSync(program, ['lint', folder, BASE, '--on', DAY], { encoding: 'utf8' });
  check(`${program}: two packs, as text`, said.status === 0 && said.stdout === `${folder}/evidence.yaml:4:9: warning: people bring "identity", which "register-office" holds [once-only]
  upload: true
          ^
  hint: Let it be read where it is: leave out upload, or the question.
${folder}: 0 errors, 1 warning
${BASE}: no faults in 1 events, 3 services, 9 facts and 8 kinds of evidence
`, said.stdout);
  for (const [words, exits] of [[['lint'], 2], [['lint', BASE, '--format', 'xml'], 2], [['lint', BASE, '--on', 'today'], 2], [['lint', 'no/such/folder'], 1]])
    check(`${program}: ${words.join(' ')}`, spawnSync(program, words).status === exits, `not exit ${exits}`);
}

// The packs that come with the program have no fault, and every warning that stays has its reason.
for (const pack of fs.readdirSync('packs')) {
  const { exit, findings } = lint(PROGRAMS[0], path.join('packs', pack));
  check(`packs/${pack}`, exit === 0 && findings.every(({ accepted }) => accepted), findings.filter(({ accepted }) => !accepted).map(told).join('; '));
}

// Every code has a case, a meaning and a way out.
const { codes } = JSON.parse(spawnSync(PROGRAMS[0], ['lint', '--codes', '--format', 'json'], { encoding: 'utf8' }).stdout);
for (const { code, meaning, hint } of codes)
  check(`code ${code}`, meaning && hint && tried.has(code), 'no case tries it');
check('codes', new Set(codes.map(({ code }) => code)).size === codes.length, 'two of one word');

fs.rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
