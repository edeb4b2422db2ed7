// @ts-check
import { readFileSync } from 'node:fs';
import { dumps, loads, readTable, Refused, rootOf } from './src/canonical.js';
import { drawFirms } from './src/firms.js';
import { makeSeed } from './src/generator.js';
import { hex } from './src/sha256.js';
import { drawTeams } from './src/teams.js';

/** The outcome's text. @param {string} noticeText @param {string} table @param {string} seed */
export function outcome(noticeText, table, seed) {
  const notice = loads(noticeText);
  const firms = notice.stage === 'firms';
  if (rootOf(table) !== (firms ? notice.frame : notice.edges).root) throw new Refused('root_differs');
  const rows = readTable(table, firms ? ['id'] : ['visit', 'inspector']);
  return dumps((firms ? drawFirms : drawTeams)(notice, hex(noticeText), rows, seed));
}

const [, , command, ...rest] = process.argv;
if (command === 'outcome') process.stdout.write(outcome(readFileSync(rest[0], 'utf8'), readFileSync(rest[1], 'utf8'), rest[2]));
if (command === 'seed') process.stdout.write(makeSeed(readFileSync(rest[0], 'utf8'), rest[1], rest.slice(2)));
if (command === 'batch') {
  for (const line of readFileSync(rest[0], 'utf8').trimEnd().split('\n')) {
    const { notice, table, seed } = JSON.parse(line);
    try {
      console.log(JSON.stringify({ outcome: outcome(notice, table, seed) }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.log(JSON.stringify({ error: error.kind }));
    }
  }
}
