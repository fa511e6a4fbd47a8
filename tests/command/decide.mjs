#!/usr/bin/env node
// `onestop decide` as the shell and other programs see it: one decision, or a request a line. On the plain and the sanitized program.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MODEL = path.resolve('tests/command/premises.dmn');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-decide-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const broken = path.join(folder, 'broken.dmn');
fs.writeFileSync(broken, '<definitions><decision');

// arguments, exit, standard output, and what must stand in standard error
const CASES = [
  [[MODEL, 'fee', '--input', '{kind of place: "shop"}'], 0, '0\n'],
  [[MODEL, 'fee', '--input', '{kind of place: "restaurant", seats: 51}'], 0, '200\n'],
  [[MODEL, 'fee', '--input', '{kind of place: "restaurant"}'], 3, 'unknown: seats\n'],
  [[MODEL, 'fee', '--input', '{seats: unknown, kind of place: "shop"}'], 0, '0\n'],
  [[MODEL, 'fee', '--input', '{kind of place: "office", seats: 10}'], 0, '100\n'],
  [[MODEL, 'notice', '--input', '{kind of place: "shop"}', '--json'], 0, '{"due":"2026-11-25","fee":0}\n'],
  [[MODEL, 'notice', '--input', '{kind of place: "restaurant", seats: 60}', '--explain'], 0,
    `notice = {due: @"2026-11-25", fee: 200}
  {due: @"2026-10-26" + @"P30D", fee: fee} = {due: @"2026-11-25", fee: 200}
    @"2026-10-26" + @"P30D" = @"2026-11-25"
    fee = 200
  fee = 200
    kind of place = "restaurant"
    seats = 60
    rule 2: more than fifty seats = 200
forced by: seats and kind of place
turned by: seats < 50 -> {due: @"2026-11-25", fee: 100}
or by: seats = 50 -> {due: @"2026-11-25", fee: 100}
or by: kind of place = "shop" -> {due: @"2026-11-25", fee: 0}
`],
  [[MODEL, 'fee', '--input', '{kind of place: "restaurant"}', '--explain'], 3,
    'fee = unknown\n  kind of place = "restaurant"\n  seats = unknown\n  rule 3 = 100\nask next: seats\n'],
  [[MODEL, 'other'], 2, '', 'no decision "other"'],
  [[MODEL, 'fee', '--input', '{'], 2, '', 'error:'],
  [[broken, 'fee'], 2, '', 'broken.dmn'],
  [['nowhere.dmn', 'fee'], 2, '', 'could not read "nowhere.dmn"'],
  [[MODEL], 2, '', 'wants a model and the name of a decision'],
];

const steep = path.join(folder, 'steep.dmn');
fs.writeFileSync(steep, `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:steep" name="steep">
  <decision id="a" name="a"><variable name="a"/>
    <literalExpression><text>count(for i in 1..100000000 return i)</text></literalExpression>
  </decision>
  <decision id="b" name="b"><variable name="b"/><literalExpression><text>1</text></literalExpression></decision>
</definitions>`);
CASES.push([[steep, 'a'], 2, '', `${steep}:3:7: error: more than 1,000,000 steps\n  count(for i in 1..100000000 return i)\n        ^`],
  [[steep, 'a', '--json'], 2, `{"error":"${steep}:3:7: more than 1,000,000 steps"}\n`, 'error: more than'],
  [[steep, 'b'], 0, '1\n']);

// request, reply
const LINES = [
  [{ id: 1, model: MODEL, kind: 'decision', node: 'fee', results: ['fee'], inputs: { 'kind of place': { s: 'shop' } } },
    { id: 1, results: { fee: { n: '0' } } }],
  [{ id: 2, model: MODEL, kind: 'decision', node: 'fee', results: ['fee'], inputs: { 'kind of place': { s: 'restaurant' }, seats: { unknown: true } } },
    { id: 2, results: { fee: { unknown: ['seats'] } } }],
  // What is absent is null here.
  [{ id: 3, model: MODEL, kind: 'decision', node: 'fee', results: ['fee'], inputs: {} }, { id: 3, results: { fee: { n: '100' } } }],
  [{ id: 4, model: MODEL, kind: 'decision', results: ['notice', 'fee'], inputs: { 'kind of place': { s: 'shop' } } },
    { id: 4, results: { notice: { c: { due: { d: '2026-11-25' }, fee: { n: '0' } } }, fee: { n: '0' } } }],
  [{ id: 'five', model: MODEL, kind: 'decision', results: ['other'] }, { id: 'five', error: 'no decision is called "other"' }],
  [{ id: 6, model: broken, kind: 'decision', results: ['fee'] }, (reply) => reply.id === 6 && reply.error.length > 0],
  [{ id: 7, model: 'nowhere.dmn', kind: 'decision', results: ['fee'] }, (reply) => reply.error === 'could not read "nowhere.dmn"'],
  [{ id: 8, model: MODEL, kind: 'decisionService', node: 'none', results: ['fee'] }, { id: 8, error: 'no service is called "none"' }],
  [{ id: 9, model: MODEL, kind: 'decision', results: ['fee'], inputs: { seats: 5 } }, { id: 9, error: 'an input is no typed value' }],
  ['{"id": 10', { id: null, error: 'this line is no request' }],
  ['', { id: null, error: 'this line is no request' }],
  ['[]', { id: null, error: 'this line is no request' }],
  ['x'.repeat(9 << 20), { id: null, error: 'this line is more than 8 MB' }],
  ['\u0000\u0001', { id: null, error: 'this line is no request' }],
  [{ id: 11, model: MODEL, kind: 'decision', results: ['fee'], inputs: { seats: { n: '60' }, 'kind of place': { s: 'restaurant' } } },
    { id: 11, results: { fee: { n: '200' } } }],
  [{ id: 12, model: steep, kind: 'decision', results: ['b', 'a'] }, { id: 12, error: `${steep}:3:7: more than 1,000,000 steps` }],
  [{ id: 13, model: steep, kind: 'decision', results: ['b'] }, { id: 13, results: { b: { n: '1' } } }],
];

let passed = 0, failed = 0;
const count = (good, what) => { good ? passed++ : failed++; if (!good) console.log(what); };
for (const program of ['build/onestop', 'build-asan/onestop']) {
  for (const [words, exit, out, err = ''] of CASES) {
    const run = spawnSync(program, ['decide', ...words], { encoding: 'utf8' });
    const good = run.status === exit && run.stdout === out && (err ? run.stderr.includes(err) : run.stderr === '');
    count(good, `${program} decide ${words.join(' ')}: exit ${run.status}\n${run.stdout}${run.stderr}`);
  }
  const input = LINES.map(([request]) => (typeof request === 'string' ? request : JSON.stringify(request)) + '\n').join('');
  const run = spawnSync(program, ['decide', '--jsonl'], { encoding: 'utf8', input });
  const replies = run.stdout.trimEnd().split('\n');
  count(run.status === 0 && run.stderr === '' && replies.length === LINES.length, `${program} decide --jsonl: exit ${run.status}, ${replies.length} lines\n${run.stderr}`);
  LINES.forEach(([, want], i) => {
    const good = typeof want === 'function' ? want(JSON.parse(replies[i])) : replies[i] === JSON.stringify(want);
    count(good, `${program}: line ${i + 1}: ${replies[i]}`);
  });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
