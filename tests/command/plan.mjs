#!/usr/bin/env node
// `onestop plan` and `onestop graph` as the shell sees them, on the plain and the sanitized program.

import fs from 'node:fs';
import { spawnSync } from 'node:child_process';

const PACK = 'packs/zhejiang', BIRTH = [PACK, 'birth-of-a-child', '--on', '2026-09-21'];
let passed = 0, failed = 0;
function check(name, good, run) {
  if (good) { passed++; return; }
  failed++;
  console.log(`FAILED ${name}\n${run.status} ${run.stdout}${run.stderr}`);
}

for (const program of ['build/onestop', 'build-asan/onestop'].filter((one) => fs.existsSync(one))) {
  const run = (...words) => spawnSync(program, words, { encoding: 'utf8' });
  let done = run('plan', ...BIRTH, '--facts', '{has_birth_certificate: false, chinese_parent: true}', '--json');
  const plan = done.status === 0 ? JSON.parse(done.stdout) : { services: [] };
  const certificate = plan.services.find((one) => one.id === 'birth-certificate');
  check('the plan has its keys', ['services', 'bring', 'held', 'ask', 'visits', 'finish', 'fee', 'impossible'].every((key) => key in plan), done);
  check('a service says why', certificate?.why[0].answers.has_birth_certificate === false && certificate.why[0].unless[0].fact === 'has_birth_certificate' &&
    /birth-certificate.yaml:\d+$/.test(certificate.why[0].place), done);
  check('a service waits for another', plan.services.find((one) => one.id === 'vaccination-certificate')?.after[0] === 'birth-certificate', done);
  done = run('plan', ...BIRTH);
  check('the table is at most 100 columns wide', done.status === 0 && done.stdout.split('\n').every((line) => [...line].length <= 100) && done.stdout.includes('next question'), done);
  done = run('plan', PACK, 'birth-of-child');
  check('a wrong event', done.status === 2 && done.stderr.includes('did you mean "birth-of-a-child"?'), done);
  done = run('plan', ...BIRTH, '--facts', '{chinese_parents: true}');
  check('a wrong fact', done.status === 2 && done.stderr.includes('did you mean "chinese_parent"?'), done);
  done = run('plan', ...BIRTH, '--facts', '{chinese_parent: }');
  check('facts that cannot be read', done.status === 2, done);
  done = run('graph', PACK, 'birth-of-a-child');
  check('the graph', done.status === 0 && done.stdout.startsWith('digraph evidence {') && done.stdout.includes('"birth-certificate" -> "service household-entry"') &&
    !done.stdout.includes('service shop-sign'), done);
  done = run('graph', PACK);
  check('the graph of the pack', done.status === 0 && done.stdout.includes('[style=dashed]'), done);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
