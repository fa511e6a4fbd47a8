#!/usr/bin/env node
// Every article that is said to be done carries code and a test, and every tag names an article of the list.
import { spawnSync } from 'node:child_process';
const run = spawnSync('tools/law.mjs', ['--check'], { encoding: 'utf8' });
console.log((run.stdout + run.stderr).trim());
process.exit(run.status);
