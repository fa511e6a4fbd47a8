#!/usr/bin/env node
// Wrong, oversized, hostile and repeated input against the real program over HTTP, and against its sanitized build where there is one.
// It answers everything in a clean way, changes nothing that it should not, and ends in peace.
//
//     tests/hostile/run.mjs [PROGRAM …]
import fs from 'node:fs';
import { check, serve, tally } from './client.mjs';
import { again } from './again.mjs';
import { crowd, http } from './http.mjs';
import { mistakes, others } from './fields.mjs';
import { forms } from './forms.mjs';
import { markup } from './markup.mjs';
import { routes } from './routes.mjs';

const PARTS = { routes, http, mistakes, others, forms, markup, again, crowd };
const only = process.env.PARTS?.split(',');
const programs = process.argv.length > 2 ? process.argv.slice(2) : ['build/onestop', 'build-asan/onestop'].filter((file) => fs.existsSync(file));

async function attack(program) {
  const server = await serve(program);
  const stage = { program, pid: server.pid };
  for (const [name, part] of Object.entries(PARTS)) {
    if (only && !only.includes(name)) continue;
    const started = Date.now();
    try {
      await part(server.port, stage);
    } catch (e) {
      check(false, `${program}: ${name}: ${e.stack}`);
    }
    console.log(`${program}: ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
  const { end, said, faults } = await server.stop();
  check(end === 0, `${program} ended with ${end}`);
  check(!/ERROR|runtime error|onestop: /.test(said), `${program} said: ${said.slice(0, 2000)}`);
  check(faults === '', `${program}: onestop check finds: ${faults.slice(0, 1000)}`);
}

await Promise.all(programs.map(attack));
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
