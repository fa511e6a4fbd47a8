#!/usr/bin/env node
// `onestop eval` as the shell sees it: what it prints, where, and how it ends. On the plain and the sanitized program.

import { spawnSync } from 'node:child_process';

// arguments, exit, standard output, and what must stand in standard error
const CASES = [
  [['1.0 + 2.50'], 0, '3.50\n'],
  [['-1 + 2'], 0, '1\n'],
  [['-(a)', '--context', '{a: 3}'], 0, '-3\n'],
  [['"x"'], 0, '"x"\n'],
  [['@"2026-10-26"'], 0, '@"2026-10-26"\n'],
  [['null'], 0, 'null\n'],
  [['seats > 50 and open_fire', '--context', '{seats: 20}'], 0, 'false\n'],
  [['seats > 50 and open_fire', '--context', '{seats: 51}'], 3, 'unknown: open_fire\n'],
  [['a and b'], 3, 'unknown: a, b\n'],
  [['a + b', '--context', '{a: unknown, b: 1}'], 3, 'unknown: a\n'],
  [['some x in household satisfies x.age < 6', '--context', '{household: [{age: 40}, {age: unknown}]}'], 3,
    'unknown: household[2].age\n'],
  [['some x in household satisfies x.age < 6', '--context', '{household: [{age: unknown}, {age: 5}]}'], 0, 'true\n'],
  [['monthly income * 12 > limit', '--context', '{monthly income: 5, limit: 50}'], 0, 'true\n'],
  [['h.net amount', '--context', '{h: {net amount: 2}}'], 0, '2\n'],
  [['[1, "x", {a: @"P1D"}]', '--json'], 0, '[1,"x",{"a":"P1D"}]\n'],
  [['[1, a]', '--json'], 0, '[1,{"unknown":["a"]}]\n'],
  [['a', '--json'], 3, '{"unknown":["a"]}\n'],
  [['now() > @"2026-11-01T00:00:00Z" and today() > @"2026-11-01"'], 0, 'true\n'],
  [['@"2026-07-01T12:00:00@Europe/Paris" = @"2026-07-01T10:00:00Z"'], 0, 'true\n'],
  [['--help', 'string lenght'], 2, '', 'did you mean "string length"?'],
  [['--help', 'qwertyuiop'], 2, '', 'there is no function "qwertyuiop"'],
  [['if seats > 50 and (fire or smoke) then fee * 2 else fee', '--context', '{seats: 60, fire: false, smoke: true, fee: 3}', '--explain'], 0,
    `if seats > 50 and (fire or smoke) then fee * 2 else fee = 6
  seats > 50 and (fire or smoke) = true
    seats > 50 = true
      seats = 60
    fire or smoke = true
      smoke = true
  fee * 2 = 6
    fee = 3
forced by: seats and smoke and fee
turned by: seats < 50 -> 3
or by: seats = 50 -> 3
or by: smoke = false -> 3
`],
  [['a and b and c', '--context', '{a: true, b: false}', '--explain'], 0, 'a and b and c = false\n  b = false\nforced by: b\n'],
  [['a and b and c', '--context', '{a: true}', '--explain'], 3, 'a and b and c = unknown\n  b = unknown\n  c = unknown\nask next: b\n'],
  [['a and b', '--context', '{a: false, b: false}', '--explain'], 0, 'a and b = false\n  a = false\nforced by: a\nor by: b\n'],
  [['a or not(a)', '--explain'], 3,
    'a or not(a) = unknown\n  a = unknown\n  not(a) = unknown\n    a = unknown\nevery answer gives: true\nforced by: nothing, it always comes out so\n'],
  [['seats > 50 or side = "north"', '--context', '{seats: 20, side: "east"}', '--explain'], 0,
    'seats > 50 or side = "north" = false\n  seats > 50 = false\n    seats = 20\n  side = "north" = false\n    side = "east"\nforced by: seats and side\nturned by: seats > 50 -> true\nor by: side = "north" -> true\n'],
  [['a or\n b', '--context', '{a: true}', '--explain', '--json'], 0, '{"why":{"text":"a or\\n b","value":true,"because":[{"text":"a","value":true,"because":[]}]},"decided":true,"forced_by":[["a"]],"turned_by":[],"ask":null}\n'],
  [['1', '--explain'], 0, '1 = 1\nforced by: nothing, it always comes out so\n'],
  // A limit that is met is no null: it is told, and where.
  [['1 + count(for i in 1..100000000 return i)'], 2, '',
    'expression:1:11: error: more than 1,000,000 steps\n  1 + count(for i in 1..100000000 return i)\n            ^'],
  [['{f: function(n) f(n + 1), r: f(1)}.r', '--json'], 2,
    '{"error":"expression:1:19: more than 2,000 expressions and calls within each other"}\n', 'expression:1:19: error:'],
  [['matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(a+)+$")', '--explain'], 2,
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(a+)+$") = null (a pattern that takes more than 100,000 steps to look for)\n',
    'expression:1:1: error: a pattern that takes more than 100,000 steps'],
  [['matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(a+)+$")', '--explain', '--json'], 2,
    '{"error":"expression:1:1: a pattern that takes more than 100,000 steps to look for",' +
    '"why":{"text":"matches(\\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\\", \\"(a+)+$\\")","value":null,"limit":"a pattern that takes more than 100,000 steps to look for","because":[]}}\n',
    'expression:1:1: error: a pattern that takes more than 100,000 steps'],
  [['f(3)', '--context', '{f: function(n) count(for i in 1..n * 1000000 return i)}'], 2, '',
    'error: more than 1,000,000 steps\n  hint: it was in for i in 1..n * 1000000 return i'],
  [['1', '--context', '{a: for i in 1..100000000 return i}'], 2, '', 'context:1:5: error: more than 1,000,000 steps'],
  [['for i in [1, 2] return i + n', '--context', '{n: 1}', '--explain'], 0,
    'for i in [1, 2] return i + n = [2, 3]\n  [1, 2] = [1, 2]\n  i + n = 2\n    i = 1\n    n = 1\n  i + n = 3\n    i = 2\n    n = 1\nforced by: n\n'],
  [['1 +'], 2, '', 'expression:1:4: error: expected a value, but the rule ends\n  1 +\n     ^'],
  [['a and\n  )'], 2, '', 'expression:2:3: error:'],
  [['1', '--context', '{a: b}'], 2, '', 'nothing is called "b" here'],
  [['1', '--context', '[1]'], 2, '', 'this is no context'],
  [['1', '--context', '{a: }'], 2, '', 'context:1:5: error:'],
  [[], 2, '', 'an expression is missing'],
  [['1', '2'], 2, '', '`onestop eval` takes EXPRESSION'],
  [['1', '--colour'], 2, '', 'has no option --colour'],
];

let passed = 0, failed = 0;
for (const program of ['build/onestop', 'build-asan/onestop']) {
  for (const [words, exit, out, err = ''] of CASES) {
    const run = spawnSync(program, ['eval', ...words], { encoding: 'utf8' });
    const good = run.status === exit && run.stdout === out && (err ? run.stderr.includes(err) : run.stderr === '');
    good ? passed++ : failed++;
    if (!good) console.log(`${program} eval ${JSON.stringify(words)}: exit ${run.status}\n${run.stdout}${run.stderr}`);
  }
}
const help = spawnSync('build/onestop', ['eval', '--help', 'substring'], { encoding: 'utf8' });
const explained = help.status === 0 && ['substring(string, start position)', 'substring(string, start position, length)', '10.3.4.3'].every((part) => help.stdout.includes(part));
explained ? passed++ : failed++;
if (!explained) console.log(help.stdout + help.stderr);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
