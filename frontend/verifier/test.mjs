// @ts-check
/** `node test.mjs [--sample=FOLDER] [rows of a large frame …]`: our own checks of the verifier on a real sample draw, real beacons, forged ones, and draws made here. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFolder } from './check.mjs';
import { timeOf, verifyBeacon } from './src/beacon.js';
import { bytewise, decode, dumps, loads, readTable, records, Refused, rootOf } from './src/canonical.js';
import { checkDraw, explainFirm } from './src/draw.js';
import { computedCells, drawFirms } from './src/firms.js';
import { makeSeed } from './src/generator.js';
import { canonicalNumbers } from './src/lotteries.js';
import { checkSeed } from './src/seed.js';
import { hex, hexAfter } from './src/sha256.js';
import { checkSources } from './src/sources.js';
import { readSteps } from './src/steps.js';
import { firmIn, visitsNow } from './src/substitution.js';

const root = new URL('../../', import.meta.url);
const given = process.argv.slice(2);
const folder = given[0]?.startsWith('--sample=') ? String(given.shift()).slice(9) : fileURLToPath(new URL('demo/draws/379921-2023-0001', root));
const NAME = basename(folder);
const SAMPLE = readFolder(folder);
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
const refused = (/** @type {() => any} */ work, /** @type {string} */ kind) => assert.throws(work, (error) => error instanceof Refused && error.kind === kind, kind);
const kinds = (/** @type {any[]} */ lines) => lines.map(({ kind }) => kind);
const show = (/** @type {any[]} */ lines) => lines.filter(({ kind }) => kind === 'differs').map((line) => JSON.stringify(line));
const line = (/** @type {any[]} */ lines, /** @type {string} */ what) => lines.findLast((one) => one.what === what);

/** Adds a step as section 6 writes it. @param {Map<string, Uint8Array>} files @param {string} what @param {string} at @param {Record<string, string | Uint8Array>} contents */
function addStep(files, what, at, contents) {
  const steps = [...files.keys()].filter((path) => path.endsWith('/step.json')).sort();
  const number = steps.length + 1;
  const place = `${String(number).padStart(2, '0')}-${what}`;
  const listed = Object.keys(contents).sort(bytewise).map((name) => {
    const held = typeof contents[name] === 'string' ? bytes(/** @type {string} */ (contents[name])) : /** @type {Uint8Array} */ (contents[name]);
    files.set(`${place}/${name}`, held);
    return { bytes: held.length, name, sha256: hex(held) };
  });
  const previous = number === 1 ? '' : hex(/** @type {Uint8Array} */ (files.get(steps[number - 2])));
  files.set(`${place}/step.json`, bytes(dumps({ at, draw: NAME, files: listed, format: 'sunlot/1 step', number, previous, what })));
  return files;
}

/** The sample up to and with one step. @param {number} last */
const upTo = (last) => new Map([...SAMPLE].filter(([path]) => Number(path.slice(0, 2)) <= last));
const json = (/** @type {string} */ path) => loads(decode(/** @type {Uint8Array} */ (SAMPLE.get(path))));

/** @type {Record<string, () => void>} */
const tests = {
  'hashes with and without a prefix are those of the platform'() {
    assert.equal(hex(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (let i = 0; i < 200; i++) {
      const text = '甲a𬭎'.repeat(70).slice(0, i).replace(/\p{Surrogate}/gu, '');
      for (const cut of [0, 1, 63, 64, 65]) assert.equal(hexAfter(text.slice(0, cut).replace(/\p{Surrogate}/gu, ''))('x' + text), hex(text.slice(0, cut).replace(/\p{Surrogate}/gu, '') + 'x' + text));
    }
  },
  'bytewise order is the order of UTF-8'() {
    const texts = ['', 'a', 'b', 'é', '～乡', '𬭎镇', '\ue000', '\uffff', '𐀀', '甲', '甲乙', '甲𬭎'];
    for (const a of texts) for (const b of texts) assert.equal(Math.sign(bytewise(a, b)), Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
  },
  'only canonical JSON and tables are read'() {
    for (const text of ['{"b":1,"a":2}', '{"a":1,"a":1}', '1.0', '-0', '1e3', '[1, 2]', '"\\ud800"', '"e\u0301"', '{"é":1}', '9007199254740992', '"\\u0041"', '\ufeff{}', '{}\n']) assert.throws(() => loads(text), Refused, text);
    for (const text of ['a', 'a,b\n"c",d\n', 'a\n1\r\n', 'a\n"1\n', 'a\n2\n1\n', 'a\n1\n1\n', 'a\n1,2\n', 'a\n1"\n', 'a\n""\n', 'a,a\n1,2\n', 'a\n"b"c,"\n', 'a\ne\u0301\n', 'b\n1\n']) assert.throws(() => readTable(text, ['a']), Refused, JSON.stringify(text));
    assert.deepEqual(records('a,b\n"x,""y""",\n')[1].fields, ['x,"y"', '']);
    assert.equal(rootOf('a\n'), hex(''));
  },
  'a table of many megabytes is read like a small one'() {
    const lines = Array.from({ length: 150_000 }, (_, n) => `${String(n).padStart(6, '0')},"甲,${n % 7}",𬭎镇`);
    const text = ['id,name,territory', ...lines, ''].join('\n');
    const held = bytes(text);
    assert.ok(held.length > 3 << 20);
    assert.deepEqual(readTable(held, ['id']), readTable(text, ['id']));
    let told = 0;
    readTable(held, ['id'], (done, total) => assert.ok(done > told && (told = done) <= total));
    assert.equal(told, held.length);
    for (const [at, byte] of [[held.length - 2, 0xff], [held.length - 1, 0x20], [held.length - 20, 0x0d], [1 << 21, 0x07]]) {
      const spoilt = held.slice();
      spoilt[at] = byte;
      assert.throws(() => readTable(spoilt, ['id']), Refused, String(at));
    }
    refused(() => readTable(new Uint8Array(), ['id']), 'not_canonical');
  },
  'real beacons verify and forged ones do not'() {
    const beacons = JSON.parse(readFileSync(new URL('tests/data/beacons.json', root), 'utf8'));
    const pinned = ['quicknet', 'default'];
    const flip = (/** @type {string} */ text, /** @type {number} */ at) => text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
    for (const { chain, chain_hash, round, prev, sig, randomness_sha256_of_sig: rand } of beacons) {
      if (!pinned.includes(chain)) {
        refused(() => verifyBeacon(chain_hash, round, sig, prev), 'chain_not_pinned');
        continue;
      }
      assert.equal(verifyBeacon(chain_hash, round, sig, prev), rand);
      const infinity = 'c0' + '0'.repeat(sig.length - 2);
      const forged = [flip(sig, 5), flip(sig, sig.length - 1), flip(sig, 0), sig.toUpperCase(), sig + '00', sig.slice(2), ' ' + sig, '', infinity, null, 7, [sig]];
      const negated = (parseInt(sig[0], 16) ^ 2).toString(16) + sig.slice(1);
      for (const bad of [...forged, negated]) refused(() => verifyBeacon(chain_hash, round, bad, prev), 'beacon_forged');
      for (const bad of [round + 1, round - 1, 0, -1, 1.5, 2 ** 53, '1']) refused(() => verifyBeacon(chain_hash, /** @type {any} */ (bad), sig, prev), 'beacon_forged');
      for (const bad of chain === 'default' ? ['', flip(prev, 3), prev.toUpperCase(), null] : ['00', sig, null]) refused(() => verifyBeacon(chain_hash, round, sig, bad), 'beacon_forged');
      const other = beacons.find((/** @type {any} */ b) => pinned.includes(b.chain) && b.chain !== chain);
      refused(() => verifyBeacon(other.chain_hash, round, sig, prev), 'beacon_forged');
    }
    assert.equal(timeOf('52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971', 123), '2023-08-23T15:15:33Z');
  },
  'numbers have one spelling'() {
    assert.equal(canonicalNumbers('ssq', '31 3，7,１２ 19、25　＋ 9'), '03,07,12,19,25,31+09');
    assert.equal(canonicalNumbers('dlt', '5 4 3 2 1 | 12 01'), '01,02,03,04,05+01,12');
    assert.equal(canonicalNumbers('pl5', '9 0 0 1 9'), '9,0,0,1,9');
    assert.equal(canonicalNumbers('3d', '０21'), '0,2,1');
    const { draws } = JSON.parse(readFileSync(new URL('tests/data/lotteries.json', root), 'utf8'));
    for (const { kind, main, special } of draws) assert.match(canonicalNumbers(kind, `${main.join(' ')}+${special}`), /^(\d\d,){5}\d\d\+\d\d$/);
    const wrong = [['ssq', '1 2 3 4 5 6 7'], ['ssq', '1 2 3 4 5 34+1'], ['ssq', '0 2 3 4 5 6+1'], ['ssq', '1 1 3 4 5 6+1'], ['ssq', '1 2 3 4 5 6+17'], ['ssq', '1 2 3 4 5+1'], ['qlc', '1 2 3 4 5 6 7+7'], ['3d', '1 2'], ['pl5', '1 2 3 4 10'], ['kl8', '1+2'], ['xxx', '1'], ['toString', '1'], ['ssq', 7]];
    for (const [kind, text] of wrong) refused(() => canonicalNumbers(String(kind), text), 'numbers_wrong');
  },
  'the rules of sources'() {
    const at = '2023-08-22T01:00:00Z';
    const [ssq, drand] = json('01-notice/notice.json').sources;
    const hand = { bits: 30, kind: 'hand', known_at: '2023-08-25T01:00:00Z', label: 'dice' };
    const reveal = { commit: 'a'.repeat(64), kind: 'reveal', known_at: '2023-08-23T01:00:00Z', participant: 'p1' };
    const pl5 = { issue: '23097', kind: 'pl5', known_at: '2023-08-23T01:00:00Z' };
    for (const good of [[ssq, drand], [drand], [ssq], [hand], [reveal, drand], [{ ...reveal, known_at: drand.known_at }, drand].slice(1), [reveal, hand], [{ ...hand, known_at: '2023-08-22T02:00:00Z' }, ssq]]) checkSources(good, at);
    const bad = {
      sources_empty: [[]],
      source_wrong: [[{ ...ssq, more: 1 }], [{ ...ssq, issue: 2023097 }], [{ ...ssq, known_at: '2023-08-32T00:00:00Z' }], [{ ...drand, round: 124 }], [{ ...drand, round: '123' }], [{ ...hand, bits: 0 }], [{ ...hand, bits: 513 }], [{ ...hand, label: 'Würfel' }], [{ kind: 'moon' }], [null]],
      source_known_already: [[{ ...ssq, known_at: at }]],
      chain_not_pinned: [[{ ...drand, chain: '0'.repeat(64) }]],
      source_twice: [[ssq, { ...ssq, known_at: '2023-08-25T01:00:00Z' }], [hand, hand], [drand, drand]],
      sources_too_few_bits: [[pl5], [{ ...hand, bits: 23 }], [reveal], [pl5, hand]],
      last_source_not_public: [[drand, hand], [{ ...reveal, known_at: drand.known_at }, drand], [hand, { ...reveal, known_at: hand.known_at }]],
    };
    for (const [kind, cases] of Object.entries(bad)) for (const sources of cases) refused(() => checkSources(sources, at), kind);
  },
  'hands, reveals and nonces make a seed'() {
    const draw = { draw: 'D-1', stage: 'firms' };
    const commit = hex('sunlot/1|reveal|D-1|firms|p1|abc');
    const nonce = '5'.repeat(64);
    const notice = { ...draw, nonce_commit: hex(`sunlot/1|nonce|D-1|firms|${nonce}`), secret: true, sources: [{ commit, kind: 'reveal', participant: 'p1' }, { bits: 30, kind: 'hand', label: 'dice' }] };
    const text = dumps(notice);
    const record = { ...draw, format: 'sunlot/1 seed', grade: '丙', nonce: 'withheld', notice: hex(text), seed: 'withheld', sources: [{ evidence: { value: 'abc' }, text: 'reveal=p1/abc' }, { evidence: { entered_by: ['甲', '乙'], value: ' 1,2,3 ' }, text: 'hand=dice/1,2,3' }] };
    const seed = makeSeed(text, nonce, ['reveal=p1/abc', 'hand=dice/1,2,3']);
    assert.deepEqual(checkSeed(notice, text, record), { seed: '', sealed: true, grade: '丙' });
    assert.deepEqual(checkSeed(notice, text, record, nonce), { seed, sealed: false, grade: '丙' });
    assert.deepEqual(checkSeed(notice, text, { ...record, nonce, seed }), { seed, sealed: false, grade: '丙' });
    refused(() => checkSeed(notice, text, record, '6'.repeat(64)), 'nonce_wrong');
    for (const change of [{ nonce: '' }, { nonce: '', seed }, { nonce, seed: 'withheld' }, { seed }]) refused(() => checkSeed(notice, text, { ...record, ...change }), 'nonce_wrong');
    refused(() => checkSeed(notice, text, { ...record, nonce, seed: 'f'.repeat(64) }), 'seed_differs');
    refused(() => checkSeed(notice, text, { ...record, grade: '乙' }), 'grade_differs');
    const evidence = (/** @type {any} */ first) => ({ ...record, sources: [first, record.sources[1]] });
    assert.ok(checkSeed(notice, text, evidence({ evidence: { absent: true }, text: 'reveal=p1/absent' })).sealed);
    refused(() => checkSeed(notice, text, { ...record, sources: [record.sources[0], { evidence: { entered_by: ['甲', '乙'], value: '1, 2,3' }, text: 'hand=dice/1,2,3' }] }), 'evidence_wrong');
    for (const bad of [{ value: 'abd' }, { value: 'absent' }, { absent: true, value: 'abc' }, { absent: false }, {}]) refused(() => checkSeed(notice, text, evidence({ evidence: bad, text: 'reveal=p1/abc' })), 'evidence_wrong');
  },
  'the sample draw agrees'() {
    const lines = checkDraw(SAMPLE, NAME);
    assert.deepEqual(new Set(kinds(lines.slice(0, -1))), new Set(['equal']), show(lines).join('\n'));
    assert.equal(lines[lines.length - 1].kind, 'outside');
    assert.equal(readSteps(SAMPLE, NAME).length, 6);
    assert.ok(checkDraw(SAMPLE, 'OTHER-1').some(({ kind }) => kind === 'differs'));
    assert.ok(checkDraw(SAMPLE, NAME, { firms: 'a'.repeat(64), teams: '' }).some(({ kind }) => kind === 'differs'));
  },
  'one byte changed, or one file gone, is seen'() {
    for (const [path, held] of SAMPLE) {
      for (const at of new Set([0, held.length >> 1, held.length - 1])) {
        const files = new Map(SAMPLE).set(path, held.slice());
        /** @type {Uint8Array} */ (files.get(path))[at] ^= 1;
        const lines = checkDraw(files, NAME);
        assert.ok(lines.some((one) => one.kind === 'differs'), `${path} ${at}`);
        assert.ok(lines.some((one) => one.kind === 'differs' && one.file?.startsWith(path.slice(0, 2))), `${path} ${at} named`);
      }
      const files = new Map(SAMPLE);
      files.delete(path);
      const lines = checkDraw(files, NAME);
      assert.ok(lines.some((one) => one.kind === 'differs' && one.file === path), `${path} gone`);
    }
    for (const path of ['more.txt', '01-notice/more.txt', '01-notice/.more', '01-notice/more/', '07-seed/', '7-void/void.json', '01-notice/a/b', 'x/', '__proto__/a']) {
      assert.ok(checkDraw(new Map(SAMPLE).set(path, bytes('x')), NAME).some((one) => one.kind === 'differs' && one.what === 'steps'), path);
    }
    assert.ok(!show(checkDraw(new Map(SAMPLE).set('.lock', bytes('')), NAME)).length);
  },
  'a draw that is not finished is withheld, not different'() {
    for (const last of [1, 2, 3, 4, 5]) {
      const lines = checkDraw(upTo(last), NAME);
      assert.deepEqual(show(lines), []);
      assert.ok(kinds(lines).includes('withheld'));
    }
    assert.ok(kinds(checkDraw(new Map(), NAME)).includes('differs'));
  },
  'an unannounced draw is withheld until its nonce is opened'() {
    const nonce = '7'.repeat(64);
    const notice = { ...json('01-notice/notice.json'), nonce_commit: hex(`sunlot/1|nonce|${NAME}|firms|${nonce}`), secret: true };
    const text = dumps(notice);
    const record = { ...json('02-seed/seed.json'), nonce: 'withheld', notice: hex(text), seed: 'withheld' };
    const seed = makeSeed(text, nonce, record.sources.map((/** @type {any} */ one) => one.text));
    const firms = /** @type {Uint8Array} */ (SAMPLE.get('01-notice/firms.csv'));
    const outcome = dumps(drawFirms(notice, hex(text), readTable(decode(firms), ['id']), seed));
    const files = addStep(new Map(), 'notice', notice.announced_at, { 'notice.json': text, 'firms.csv': firms, 'inspectors.csv': /** @type {Uint8Array} */ (SAMPLE.get('01-notice/inspectors.csv')) });
    addStep(files, 'seed', '2023-08-24T01:00:00Z', { 'seed.json': dumps(record) });
    addStep(files, 'outcome', '2023-08-24T01:00:00Z', { 'outcome.json': outcome });
    const sealed = checkDraw(files, NAME);
    assert.deepEqual([show(sealed), line(sealed, 'firms_seed').kind, line(sealed, 'firms_outcome').kind], [[], 'withheld', 'withheld']);
    const open = checkDraw(files, NAME, { firms: nonce, teams: '' });
    assert.deepEqual([show(open), line(open, 'firms_seed').kind, line(open, 'firms_outcome').kind], [[], 'equal', 'equal']);
    assert.equal(line(checkDraw(files, NAME, { firms: '8'.repeat(64), teams: '' }), 'firms_seed').kind, 'differs');
    const id = loads(outcome).selected[0].id;
    assert.deepEqual([explainFirm(files, id).state, explainFirm(files, id, { firms: nonce, teams: '' }).state], ['announced', 'selected']);
  },
  'every firm is explained as the outcome says'() {
    const { selected, reserves } = json('03-outcome/outcome.json');
    for (const [state, list] of /** @type {[string, any[]][]} */ ([['selected', selected], ['reserve', reserves]])) {
      for (const told of [list[0], list[list.length - 1]]) {
        const { state: found, cell, rank, ticket } = explainFirm(SAMPLE, told.id);
        assert.deepEqual({ found, cell, rank, ticket }, { found: state, cell: told.cell, rank: told.rank, ticket: told.ticket });
      }
    }
    assert.equal(explainFirm(SAMPLE, 'nobody').state, 'unknown');
    const closed = readTable(decode(/** @type {Uint8Array} */ (SAMPLE.get('01-notice/firms.csv'))), ['id']).find((row) => row.status !== '正常');
    assert.equal(explainFirm(SAMPLE, String(closed?.id)).reason, 'status');
  },
  'additions'() {
    const at = '2023-09-20T01:00:00Z';
    const outcome = json('03-outcome/outcome.json');
    const base = { approver: '乙', at, by: '甲', draw: NAME, evidence: '两次上门无人', format: 'sunlot/1 addition', attempts: [{ on: '2023-09-19', photos: ['a'.repeat(64)] }, { on: '2023-09-20', photos: ['b'.repeat(64), 'c'.repeat(64)] }] };
    const reserved = new Set(outcome.reserves.map((/** @type {any} */ firm) => firm.cell));
    const [one, two] = outcome.selected.filter((/** @type {any} */ firm) => reserved.has(firm.cell)).map((/** @type {any} */ firm) => firm.id);
    const first = { ...base, for: one, in: firmIn(outcome, [], one) };
    const told = { kind: 'addition', in: first.in, out: one, visit: '' };
    assert.ok(visitsNow(outcome, [told]).includes(one) && visitsNow(outcome, [told]).includes(first.in));
    const second = { ...base, for: two, in: firmIn(outcome, [told], two) };
    const write = (/** @type {any[]} */ ...all) => all.reduce((files, each) => addStep(files, 'addition', at, { 'addition.json': dumps(each) }), new Map(SAMPLE));
    assert.deepEqual(show(checkDraw(write(first, second), NAME)), []);
    for (const change of [{ in: second.in }, { for: 'X' }, { by: '乙' }, { approver: ' ' }, { evidence: '' }, { attempts: base.attempts.slice(1) }, { attempts: [base.attempts[0], base.attempts[0]] },
      { attempts: [...base.attempts].reverse() }, { attempts: [base.attempts[0], { on: '2023-09-21', photos: base.attempts[1].photos }] }, { attempts: [base.attempts[0], { on: '2023-09-20', photos: [] }] }, { attempts: [base.attempts[0], { on: '2023-09-31', photos: base.attempts[1].photos }] }]) {
      assert.equal(line(checkDraw(write({ ...first, ...change }), NAME), 'addition').kind, 'differs', JSON.stringify(change));
    }
    assert.equal(line(checkDraw(write(first, { ...second, for: one }), NAME), 'addition').detail.reason, 'added_already');
  },
  'substitutes and voids'() {
    const at = '2023-09-20T01:00:00Z';
    const outcome = json('03-outcome/outcome.json');
    const teams = json('06-teams-outcome/outcome.json');
    const base = { at, by: '甲', draw: NAME, evidence: '照片', format: 'sunlot/1 substitution' };
    const out = outcome.selected[0].id;
    const first = { ...base, in: firmIn(outcome, [], out), kind: 'firm', out, reason: 'closed', visit: '' };
    const second = { ...first, in: firmIn(outcome, [first], first.in), out: first.in };
    assert.ok(visitsNow(outcome, [first, second]).includes(second.in));
    const write = (/** @type {any[]} */ ...all) => all.reduce((files, one) => addStep(files, 'substitution', at, { 'substitution.json': dumps(one) }), new Map(SAMPLE));
    assert.deepEqual(show(checkDraw(write(first, second), NAME)), []);
    for (const change of [{ in: second.in }, { reason: 'illness' }, { by: ' ' }, { evidence: '' }, { at: '2023-09-21T01:00:00Z' }, { kind: 'toString' }, { out: 'X' }, { visit: out }]) {
      assert.equal(line(checkDraw(write({ ...first, ...change }), NAME), 'substitution').kind, 'differs', JSON.stringify(change));
    }
    assert.equal(line(checkDraw(write(first, first), NAME), 'substitution').kind, 'differs');
    const told = (/** @type {any[]} */ ...all) => line(checkDraw(write(...all), NAME), 'substitution').detail.expected;
    // A group may have too few reserves for two substitutions; the draw decides which teams have.
    const person = teams.teams.map((/** @type {any} */ team) => ({ ...base, in: 'J000', kind: 'inspector', out: team.members[0], reason: 'illness', visit: team.visit }))
      .find((/** @type {any} */ one) => told(one) && told({ ...one, in: told(one) }, { ...one, out: told(one) }));
    const { visit } = person;
    const { members } = teams.teams.find((/** @type {any} */ team) => team.visit === visit);
    const expected = told(person);
    const right = { ...person, in: expected };
    assert.deepEqual(show(checkDraw(write(right), NAME)), []);
    const back = line(checkDraw(write(right, { ...person, out: expected, in: 'J000' }), NAME), 'substitution').detail.expected;
    assert.ok(back && back !== members[0] && back !== expected);
    assert.equal(line(checkDraw(write({ ...right, out: 'J000' }), NAME), 'substitution').detail.reason, 'out_not_in_team');
    const before = addStep(upTo(3), 'substitution', at, { 'substitution.json': dumps(first) });
    assert.deepEqual(show(checkDraw(before, NAME)), []);
    for (const path of ['04-teams-notice', '05-teams-seed']) for (const [name, held] of SAMPLE) if (name.startsWith(path)) before.set(`0${Number(path[1]) + 1}${name.slice(2)}`, held);
    assert.equal(line(checkDraw(before, NAME), 'network').kind, 'differs');
    const voided = { approvers: ['丙', '乙'].sort(bytewise), at, draw: NAME, format: 'sunlot/1 void', missing: [], reason: '停电' };
    const end = (/** @type {any} */ record, files = new Map(SAMPLE)) => checkDraw(addStep(files, 'void', record.at, { 'void.json': dumps(record) }), NAME);
    assert.deepEqual(show(end(voided)), []);
    const early = json('01-notice/step.json').at;
    assert.deepEqual(show(end({ ...voided, at: early }, upTo(1))), []);
    assert.equal(line(end({ ...voided, at: early, missing: [1] }, upTo(1)), 'void').detail.reason, 'void_malformed');
    assert.equal(line(end(voided, upTo(1)), 'void').detail.reason, 'seed_owed');
    assert.deepEqual(show(end({ ...voided, missing: [2] }, upTo(1))), []);
    assert.equal(line(end({ ...voided, missing: [2] }, upTo(1)), 'void_missing').kind, 'outside');
    for (const change of [{ missing: [3] }, { missing: [1] }, { approvers: ['乙'] }, { approvers: ['乙', '乙'] }, { approvers: [...voided.approvers].reverse() }, { draw: 'X' }]) assert.equal(line(end({ ...voided, ...change }), 'void').kind, 'differs');
    for (const last of [2, 5]) assert.ok(show(end(voided, upTo(last))).some((one) => one.includes('outcome_owed')));
  },
};

/** A frame of that many firms, and its notice, seed and outcome, checked against the clock. @param {number} count */
function large(count) {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const idOf = (/** @type {number} */ n) => '91379921MA' + Array.from({ length: 8 }, (_, i) => alphabet[Math.floor(n / 31 ** (7 - i)) % 31]).join('');
  const kinds = ['机械', '危险化学品', '商贸', '轻工', ''];
  const lines = Array.from({ length: count }, (_, n) => `${idOf(n * 7)},某县第${n}号机械制造有限公司,第${n % 97}街道,,${kinds[n % 5]},一般,,${n % 50 ? '否' : '是'},,正常,${n % 11 ? 0 : 2},,${n % 11 ? '' : '2024-01-01'},${n % 3},${n % 3 ? '2023-03-04' : ''},`);
  const sample = json('01-notice/notice.json');
  const text = [sample.frame.columns.join(','), ...lines, ''].join('\n');
  const { told } = computedCells(sample.policy, readTable(text, ['id']));
  const notice = { ...sample, ...told, frame: { ...sample.frame, root: rootOf(text), rows: count } };
  const noticeText = dumps(notice);
  const record = json('02-seed/seed.json');
  const seed = makeSeed(noticeText, '', record.sources.map((/** @type {any} */ one) => one.text));
  const outcome = dumps(drawFirms(notice, hex(noticeText), readTable(text, ['id']), seed));
  const files = addStep(new Map(), 'notice', notice.announced_at, { 'notice.json': noticeText, 'firms.csv': text, 'inspectors.csv': /** @type {Uint8Array} */ (SAMPLE.get('01-notice/inspectors.csv')) });
  addStep(files, 'seed', '2023-08-24T01:00:00Z', { 'seed.json': dumps({ ...record, notice: hex(noticeText), seed }) });
  addStep(files, 'outcome', '2023-08-24T01:00:00Z', { 'outcome.json': outcome });
  const start = performance.now();
  /** @type {Record<string, number>} */
  const parts = {};
  let last = start;
  let calls = 0;
  const checked = checkDraw(files, NAME, undefined, (_done, _total, what) => {
    calls++;
    const now = performance.now();
    parts[what] = (parts[what] ?? 0) + now - last;
    last = now;
  });
  const took = performance.now() - start;
  assert.deepEqual(show(checked), []);
  const rounded = Object.fromEntries(Object.entries(parts).map(([what, ms]) => [what, Math.round(ms)]));
  console.log(`${count} firms, ${told.cells.length} cells: ${Math.round(took)} ms`, rounded, `${calls} calls of progress`);
}

for (const [name, test] of Object.entries(tests)) {
  const start = performance.now();
  test();
  console.log('ok', name, `${Math.round(performance.now() - start)} ms`);
}
for (const count of given.length ? given.map(Number) : [20000]) large(count);
