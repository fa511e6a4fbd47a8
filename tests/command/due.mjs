#!/usr/bin/env node
// `onestop due` as the shell sees it: what it prints, where, and how it ends. On the plain and the sanitized program.

import { spawnSync } from 'node:child_process';

const PACK = 'packs/zhejiang';
// arguments, exit, standard output, and what must stand in standard error
const CASES = [
  [['--from', '2026-02-09', '--period', '20 working days'], 0, '2026-03-13\n'],
  [['--from', '2026-02-09', '--period', '20 working days', '--extend', '10 working days'], 0, '2026-03-27\n'],
  [['--from', '2026-04-29', '--period', '20 working days', '--suspend', '2026-05-11..2026-05-20'], 0, '2026-06-10\n'],
  // Two that overlap take no day twice, and neither takes a weekend.
  [['--from', '2026-04-29', '--period', '20 working days', '--suspend', '2026-05-11..2026-05-15', '--suspend', '2026-05-13..2026-05-20'], 0,
    '2026-06-10\n'],
  [['--from', '2026-04-29', '--period', '20 working days', '--suspend', '2026-05-11..'], 3, 'unknown: the clock stands still\n'],
  [['--from', '9999-12-31', '--period', '1 day'], 3, 'unknown: beyond what the calendar can say\n'],
  [['--before', '0001-01-01', '--period', '1 day'], 3, 'unknown: beyond what the calendar can say\n'],
  [['--from', '2026-09-20', '--period', '30 days'], 0, '2026-10-20\n'],
  [['--from', '2026-09-20', '--period', '30 days', '--rule', 'tax-periods'], 0, '2026-10-27\n'],
  [['--before', '2026-10-31', '--period', '30 days'], 0, '2026-10-01\n'],
  [['--before', '2026-10-31', '--period', '90 working days'], 0, '2026-06-23\n'],
  [['--from', '2026-12-25', '--period', '10 working days'], 0, '2027-01-08 (provisional: the calendar of a year is not published yet)\n'],
  [['--from', '2024-02-29', '--period', '1 year'], 0, '2025-02-28\n'],
  [['--from', '2026-09-23', '--period', '3 working days', '--explain'], 0, `2026-09-29
counted from 2026-09-23, which is not counted
period 3 working days
rule Periods of the Civil Code (Civil Code, 201; Civil Code, 202; Civil Code, 203)
  2026-09-25  holiday, not counted: 中秋节
  2026-09-26  holiday, not counted: 中秋节
  2026-09-27  holiday, not counted: 中秋节
`],
  [['--from', '2026-01-31', '--period', '1 month', '--suspend', '2026-02-10..2026-02-11', '--explain'], 0, `2026-03-02
counted from 2026-01-31, which is not counted
period 1 month
rule Periods of the Civil Code (Civil Code, 201; Civil Code, 202; Civil Code, 203)
  2026-02-28  last day of its month, which has no such day
  2026-02-10  the clock stood still
  2026-02-11  the clock stood still
`],
  [['--from', '2026-02-30', '--period', '1 month'], 2, '', 'write year, month and day'],
  [['--from', '2026-02-20', '--period', '0 days'], 2, '', '--period cannot be "0 days"'],
  [['--from', '2026-02-20'], 2, '', 'wants a period'],
  [['--from', '2026-02-20', '--before', '2026-03-01', '--period', '1 day'], 2, '', 'wants a period'],
  [['--from', '2026-02-20', '--period', '1 day', '--suspend', '2026-02-21'], 2, '', 'write the first and the last day'],
  [['--from', '2026-02-20', '--period', '1 day', '--suspend', '2026-02-21..2026-02-20'], 2, '', 'write the first and the last day'],
  [['--before', '2026-02-20', '--period', '1 day', '--extend', '1 day'], 2, '', 'is not extended'],
  [['--from', '2026-02-20', '--period', '1 day', '--rule', 'roman'], 2, '', 'its rules are: civil-code-periods, tax-periods'],
];

// What other programs say, a line each, and the lines that they get.
const CALENDAR = { valid: ['2024-01-01', '2026-12-31'], weekend: [6, 7], holidays_on_weekdays: ['2026-10-01', '2026-10-02'], workdays_on_weekend: ['2026-10-10'] };
const LINES = [
  [{ calendars: { X: CALENDAR, Y: { valid: ['2026-12-31'] } } }, null],
  [{ id: 'a', calendar: 'X', rule: 'working-days', start: '2026-09-30', count: 1, unit: 'working-day' }, { id: 'a', due: '2026-10-05' }],
  [{ id: 7, calendar: 'X', rule: 'working-days', start: '2026-10-09', count: 1, unit: 'working-day' }, { id: 7, due: '2026-10-10' }],
  [{ id: 'b', calendar: 'X', rule: 'working-days', start: '2026-12-30', count: 2, unit: 'working-day' }, 'leaves the days'],
  [{ id: 'c', calendar: 'X', rule: 'cn-civil-code-201-203', start: '2026-11-30', count: 31, unit: 'day' }, { id: 'c', due: '2026-12-31' }],
  [{ id: 'd', calendar: 'X', rule: 'cn-civil-code-201-203', start: '2026-11-30', count: 32, unit: 'day' }, 'leaves the days'],
  [{ id: 'e', calendar: 'X', rule: 'eu-1182-71', start: '2024-01-30', count: 1, unit: 'month', runs_from: 'day-after' }, { id: 'e', due: '2024-02-29' }],
  [{ id: 'f', calendar: 'X', rule: 'eu-1182-71', start: '2024-02-29', count: 1, unit: 'year', runs_from: 'event-day' }, { id: 'f', due: '2025-02-28' }],
  [{ id: 'g', calendar: 'X', rule: 'working-days', start: '2023-12-30', count: 2, unit: 'working-day' }, 'leaves the days'],
  [{ id: 'h', calendar: 'X', rule: 'working-days', start: '2026-01-05', count: 0, unit: 'working-day' }, 'a period has a length'],
  [{ id: 'i', calendar: 'Y', rule: 'working-days', start: '2026-01-05', count: 1, unit: 'working-day' }, 'no such calendar'],
  [{ id: 'j', calendar: 'X', rule: 'roman', start: '2026-01-05', count: 1, unit: 'day' }, 'no such rule'],
  [{ id: 'k', calendar: 'X', rule: 'eu-1182-71', start: '2026-01-05', count: 1, unit: 'month', runs_from: 'noon' }, 'no such rule'],
  [{ id: 'l', calendar: 'X', rule: 'working-days', start: '2026-01-05', count: 1, unit: 'fortnight' }, 'no such unit'],
  [{ id: 'm', calendar: 'X', rule: 'working-days', start: '2026-02-29', count: 1, unit: 'day' }, 'is no date'],
  [{ id: 'n', calendar: 'X', rule: 'working-days', start: '2026-01-05', count: 1.5, unit: 'day' }, 'a period has a length'],
  [[], 'this line is no request'],
];

let passed = 0, failed = 0;
for (const program of ['build/onestop', 'build-asan/onestop']) {
  for (const [words, exit, out, err = ''] of CASES) {
    const run = spawnSync(program, ['due', PACK, ...words], { encoding: 'utf8' });
    const good = run.status === exit && run.stdout === out && (err ? run.stderr.includes(err) : run.stderr === '');
    good ? passed++ : failed++;
    if (!good) console.log(`${program} due ${JSON.stringify(words)}: exit ${run.status}\n${run.stdout}${run.stderr}`);
  }
  const input = LINES.map(([line]) => JSON.stringify(line)).join('\n') + '\nnonsense\n';
  const run = spawnSync(program, ['due', '--jsonl'], { encoding: 'utf8', input });
  const answers = run.stdout.trim().split('\n').map((line) => JSON.parse(line));
  const wanted = [...LINES.slice(1).map(([, want]) => want), 'this line is no request'];
  for (let i = 0; i < wanted.length; i++) {
    const good = typeof wanted[i] === 'string' ? answers[i]?.error?.includes(wanted[i]) : JSON.stringify(answers[i]) === JSON.stringify(wanted[i]);
    good ? passed++ : failed++;
    if (!good) console.log(`${program} due --jsonl: ${JSON.stringify(answers[i])}, want ${JSON.stringify(wanted[i])}`);
  }
  if (run.status !== 0 || answers.length !== wanted.length) { failed++; console.log(`exit ${run.status}, ${answers.length} answers`); }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
