#!/usr/bin/env node
// `make bench`, the part about rules: expressions and decision tables beside two other engines in one run, taking turns; the median counts.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { evaluate } from 'feelin';
const { ZenEngine, evaluateExpression } = createRequire(import.meta.url)('@gorules/zen-engine');

const SECONDS = Number(process.env.SECONDS ?? 1), TURNS = Number(process.env.TURNS ?? 3), IN_FLIGHT = 200;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const median = (list) => list.slice().sort((a, b) => a - b)[Math.floor(list.length / 2)];

function program(name, args) {
  const done = spawnSync(`build/bench/${name}`, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${name} failed: ${done.stderr}`);
  return done.stdout.trim().split('\n').map((line) => Number(line.split(' ')[0]));
}

// So many a second: one after the other, or so many at once.
function rate(once) {
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < SECONDS * 1000) { once(); count++; }
  return count / ((performance.now() - began) / 1000);
}
async function rateAsync(once) {
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < SECONDS * 1000) {
    await Promise.all(Array.from({ length: IN_FLIGHT }, (_, i) => once(count + i)));
    count += IN_FLIGHT;
  }
  return count / ((performance.now() - began) / 1000);
}

// ---- expressions: parsed and evaluated each time ----
const CONTEXT = '{principal: 600000, rate: 0.0375, term: 360, age: 34, income: 5200, items: [{price: 12.5, count: 3}, {price: 7, count: 10}, {price: 99, count: 1}], born: "1990-03-31"}';
const data = { principal: 600000, rate: 0.0375, term: 360, age: 34, income: 5200, items: [{ price: 12.5, count: 3 }, { price: 7, count: 10 }, { price: 99, count: 1 }], born: '1990-03-31' };
const EXPRESSIONS = [
  ['arithmetic', 'principal * rate / 12 / (1 - (1 + rate / 12) ** -term)', 'principal * rate / 12 / (1 - (1 + rate / 12) ^ -term)'],
  ['if', 'if age >= 18 and income > 3000 then "eligible" else "not eligible"', 'age >= 18 and income > 3000 ? "eligible" : "not eligible"'],
  ['for', 'for item in items return item.price * item.count', 'map(items, #.price * #.count)'],
  ['filter', 'items[price > 10 and count < 5]', 'filter(items, #.price > 10 and #.count < 5)'],
  ['date', 'date(born) + duration("P18Y") <= date("2026-10-26")', 'd(born).add("18y").isBefore(d("2026-10-26"))'],
];
const ours = EXPRESSIONS.map(() => []), feelin = EXPRESSIONS.map(() => []), zen = EXPRESSIONS.map(() => []);
for (let turn = 0; turn < TURNS; turn++) {
  program('rules', [String(SECONDS), CONTEXT, ...EXPRESSIONS.map(([, feel]) => feel)]).forEach((one, i) => ours[i].push(one));
  for (const [i, [, feel, other]] of EXPRESSIONS.entries()) {
    feelin[i].push(rate(() => evaluate(feel, data)));
    zen[i].push(await rateAsync(() => evaluateExpression(other, data)));
  }
}
for (const [i, [name]] of EXPRESSIONS.entries())
  console.log(`expression, ${name}: ${(median(ours[i]) / 1000).toFixed(0)} thousand a second; ${(median(ours[i]) / median(feelin[i])).toFixed(0)} times feelin, ${(median(ours[i]) / median(zen[i])).toFixed(1)} times zen`);

// ---- tables ----
const REGIONS = ['north', 'east', 'south', 'west'];
const rows = (count) => Array.from({ length: count }, (_, i) => ({ region: REGIONS[i % 4], from: Math.floor(i / 4) * 10, fee: i }));
function model(count) {
  const rules = rows(count).map((row) =>
    `<rule><inputEntry><text>"${row.region}"</text></inputEntry><inputEntry><text>[${row.from}..${row.from + 10})</text></inputEntry><outputEntry><text>${row.fee}</text></outputEntry></rule>`);
  const file = `${folder}/${count}.dmn`;
  fs.writeFileSync(file, `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="b" namespace="b"><inputData name="region" id="r"><variable name="region" typeRef="string"/></inputData>
<inputData name="seats" id="s"><variable name="seats" typeRef="number"/></inputData><decision name="fee" id="f"><variable name="fee" typeRef="number"/>
<informationRequirement><requiredInput href="#r"/></informationRequirement><informationRequirement><requiredInput href="#s"/></informationRequirement>
<decisionTable hitPolicy="FIRST"><input><inputExpression typeRef="string"><text>region</text></inputExpression></input><input><inputExpression typeRef="number"><text>seats</text></inputExpression></input>
<output name="fee" typeRef="number"/>${rules.join('\n')}</decisionTable></decision></definitions>`);
  return file;
}
// Inputs all over the table: the first, the last, and what is between.
const asked = (count) => Array.from({ length: 40 }, (_, i) => ({ region: REGIONS[(i * 7) % 4], seats: Math.floor((count / 4) * 10 * (i / 40)) + 3 }));
const contexts = (count) => asked(count).map(({ region, seats }) => `{region: "${region}", seats: ${seats}}`);
const table = (count, file = model(count)) => program('decide', [String(SECONDS), file, 'fee', ...contexts(count)])[0];
const engine = new ZenEngine();
const decision = engine.createDecision(Buffer.from(JSON.stringify({
  nodes: [{ id: 'in', type: 'inputNode', name: 'in' }, { id: 'out', type: 'outputNode', name: 'out' }, { id: 't', type: 'decisionTableNode', name: 't', content: {
    hitPolicy: 'first', inputs: [{ id: 'r', name: 'r', field: 'region' }, { id: 's', name: 's', field: 'seats' }], outputs: [{ id: 'f', name: 'f', field: 'fee' }],
    rules: rows(20).map((row, i) => ({ _id: String(i), r: `"${row.region}"`, s: `[${row.from}..${row.from + 10})`, f: String(row.fee) })) } }],
  edges: [{ id: 'a', sourceId: 'in', targetId: 't', type: 'edge' }, { id: 'b', sourceId: 't', targetId: 'out', type: 'edge' }],
})));
const files = { 20: model(20), 100: model(100), 10000: model(10000) }, twenty = asked(20);
const turns = { ours: [], zen: [], hundred: [], large: [] };
for (let turn = 0; turn < TURNS; turn++) {
  turns.ours.push(table(20, files[20]));
  turns.zen.push(await rateAsync((i) => decision.evaluate(twenty[i % twenty.length])));
  turns.hundred.push(table(100, files[100]));
  turns.large.push(table(10000, files[10000]));
}
const { result } = await decision.evaluate(twenty[1]);
if (typeof result.fee !== 'number') throw new Error('the tables do not say the same');
console.log(`table of 20 rows: ${(median(turns.ours) / 1000).toFixed(0)} thousand decisions a second; ${(median(turns.ours) / median(turns.zen)).toFixed(0)} times zen`);
console.log(`table of 10,000 rows: ${(median(turns.hundred) / median(turns.large)).toFixed(2)} times the time of one of 100 rows`);
