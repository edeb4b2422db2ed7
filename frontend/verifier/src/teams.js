// @ts-check
/** Stage `teams`: checks, rounding, swaps, leaders and reserves (section 5). */
import { bytewise, Refused } from './canonical.js';
import { generator } from './generator.js';
import { hex } from './sha256.js';

const ONE = 2 ** 20;

/** @param {any} notice @param {string} noticeHash @param {Record<string, string>[]} edges @param {string} seed */
export function drawTeams(notice, noticeHash, edges, seed) {
  const net = network(notice, edges);
  check(notice, net);
  const teams = roundOff(net, seed);
  const previous = new Set(notice.pairs.previous.map((/** @type {string[]} */ pair) => [...pair].sort(bytewise).join('|')));
  const swaps = notice.pairs.mode === 'swap' ? part(notice, edges, teams, previous, seed) : 0;
  const lead = new Set(notice.inspectors.filter((/** @type {any} */ person) => person.lead).map((/** @type {any} */ person) => person.id));
  /** @type {Map<string, Record<string, string>[]>} */
  const byVisit = new Map();
  for (const edge of edges) {
    if (!byVisit.has(edge.visit)) byVisit.set(edge.visit, []);
    byVisit.get(edge.visit)?.push(edge);
  }
  const loads = new Map();
  for (const team of teams.values()) for (const person of team) loads.set(person, (loads.get(person) ?? 0) + 1);
  return {
    draw: notice.draw,
    format: 'sunlot/1 outcome',
    loads: notice.inspectors.map((/** @type {any} */ person) => ({ id: person.id, visits: loads.get(person.id) ?? 0 })),
    notice: noticeHash,
    repeats: [...teams].flatMap(([visit, team]) => repeated(team, previous).map((pair) => ({ pair, visit }))),
    seed,
    stage: 'teams',
    swaps,
    teams: notice.visits.map((/** @type {any} */ visit) => describe(visit, byVisit.get(visit.id) ?? [], teams.get(visit.id) ?? [], lead, notice.reserve_depth, seed)),
  };
}

/** Arcs in canonical order with their flows. @param {any} notice @param {Record<string, string>[]} edges */
function network(notice, edges) {
  /** @type {{tail: string, head: string, flow: number, low: number, high: number, edge?: Record<string, string>}[]} */
  const arcs = [];
  /** @type {Map<string, number>} */
  const through = new Map();
  const count = (/** @type {string} */ node, /** @type {number} */ f) => through.set(node, (through.get(node) ?? 0) + f);
  const groupNode = (/** @type {string} */ visit, /** @type {string} */ name) => `g/${visit}/${name}`;
  const parents = new Map();
  for (const visit of notice.visits) for (const group of visit.groups) parents.set(groupNode(visit.id, group.name), group.parent && groupNode(visit.id, group.parent));
  for (const edge of edges) {
    const f = Number(edge.f);
    for (let node = groupNode(edge.visit, edge.group); node; node = parents.get(node)) count(node, f);
    if (edge.bucket) count(`b/${edge.inspector}/${edge.bucket}`, f);
    count(`i/${edge.inspector}`, f);
    count(`v/${edge.visit}`, f);
  }
  const byVisit = new Map(notice.visits.map((/** @type {any} */ visit) => [visit.id, []]));
  for (const edge of edges) {
    if (!byVisit.has(edge.visit) || !parents.has(groupNode(edge.visit, edge.group))) throw new Refused('network_malformed');
    byVisit.get(edge.visit).push(edge);
  }
  for (const visit of notice.visits) {
    for (const group of visit.groups) {
      const node = groupNode(visit.id, group.name);
      arcs.push({ tail: parents.get(node) || `v/${visit.id}`, head: node, flow: through.get(node) ?? 0, low: group.min, high: group.max });
    }
    for (const edge of byVisit.get(visit.id)) {
      const head = edge.bucket ? `b/${edge.inspector}/${edge.bucket}` : `i/${edge.inspector}`;
      arcs.push({ tail: groupNode(visit.id, edge.group), head, flow: Number(edge.f), low: 0, high: 1, edge });
    }
  }
  for (const person of notice.inspectors) {
    for (const bucket of person.buckets) {
      const node = `b/${person.id}/${bucket.name}`;
      arcs.push({ tail: node, head: `i/${person.id}`, flow: through.get(node) ?? 0, low: 0, high: bucket.max });
    }
    arcs.push({ tail: `i/${person.id}`, head: 'sink', flow: through.get(`i/${person.id}`) ?? 0, low: person.min, high: person.max });
  }
  return { arcs, through };
}

/** @param {any} notice @param {ReturnType<typeof network>} net */
function check(notice, { arcs, through }) {
  for (const arc of arcs) {
    if (arc.flow < arc.low * ONE || arc.flow > arc.high * ONE || (arc.edge && arc.flow < 1)) throw new Refused('probabilities_differ');
  }
  for (const visit of notice.visits) if (through.get(`v/${visit.id}`) !== visit.size * ONE) throw new Refused('probabilities_differ');
}

/** Section 5.2. @param {ReturnType<typeof network>} net @param {string} seed */
function roundOff({ arcs }, seed) {
  const below = generator(seed, 'team');
  const isOpen = (/** @type {any} */ arc) => arc.flow % ONE !== 0;
  const order = arcs.filter(isOpen);
  for (let j = order.length - 1; j > 0; j--) {
    const k = Number(below(BigInt(j + 1)));
    [order[j], order[k]] = [order[k], order[j]];
  }
  /** @type {Map<string, any[]>} */
  const around = new Map();
  for (const arc of order) {
    for (const node of [arc.tail, arc.head]) {
      if (!around.has(node)) around.set(node, []);
      around.get(node)?.push(arc);
    }
  }
  /** Where the first open arc of a node's list may stand: an arc that has closed never opens again. @type {Map<string, number>} */
  const first = new Map();
  for (const start of order) while (isOpen(start)) walk(start);

  /** The first open arc at a node other than the one last gone over. @param {string} node @param {any} last */
  function onwards(node, last) {
    const list = around.get(node) ?? [];
    let at = first.get(node) ?? 0;
    while (at < list.length && !isOpen(list[at])) at++;
    first.set(node, at);
    while (list[at] === last || !isOpen(list[at])) at++;
    return list[at];
  }

  /** @param {any} start */
  function walk(start) {
    /** @type {{arc: any, along: boolean}[]} */
    const steps = [{ arc: start, along: true }];
    const nodes = [start.tail];
    const places = new Map([[start.tail, 0]]);
    for (;;) {
      const { arc, along } = steps[steps.length - 1];
      const reached = along ? arc.head : arc.tail;
      const met = places.get(reached);
      if (met !== undefined) {
        turn(steps.splice(met));
        for (const node of nodes.splice(met + 1)) places.delete(node);
        if (!steps.length) return;
      } else {
        places.set(reached, nodes.length);
        nodes.push(reached);
      }
      const here = nodes[nodes.length - 1];
      const last = steps[steps.length - 1].arc;
      const next = onwards(here, last);
      steps.push({ arc: next, along: next.tail === here });
    }
  }

  /** @param {{arc: any, along: boolean}[]} cycle */
  function turn(cycle) {
    const rest = (/** @type {any} */ arc) => arc.flow % ONE;
    const up = Math.min(...cycle.map(({ arc, along }) => (along ? ONE - rest(arc) : rest(arc))));
    const down = Math.min(...cycle.map(({ arc, along }) => (along ? rest(arc) : ONE - rest(arc))));
    const shift = Number(below(BigInt(up + down))) < down ? up : -down;
    for (const { arc, along } of cycle) arc.flow += along ? shift : -shift;
  }

  const teams = new Map();
  for (const { edge, flow } of arcs) {
    if (!edge) continue;
    if (!teams.has(edge.visit)) teams.set(edge.visit, []);
    if (flow === ONE) teams.get(edge.visit).push(edge.inspector);
  }
  return teams;
}

/** @param {string[]} team @param {Set<string>} previous */
function repeated(team, previous) {
  const people = [...team].sort(bytewise);
  return people.flatMap((a, i) => people.slice(i + 1).map((b) => [a, b])).filter((pair) => previous.has(pair.join('|')));
}

/** Section 5.3. @param {any} notice @param {Record<string, string>[]} edges @param {Map<string, string[]>} teams @param {Set<string>} previous @param {string} seed */
function part(notice, edges, teams, previous, seed) {
  const seats = new Map(edges.map((edge) => [`${edge.visit}|${edge.inspector}`, edge]));
  const order = [...teams.keys()].map((visit) => ({ visit, h: hex(`${seed}|W|${visit}`) })).sort((a, b) => (a.h < b.h ? -1 : a.h > b.h ? 1 : bytewise(a.visit, b.visit)));
  const team = (/** @type {string} */ visit) => teams.get(visit) ?? [];
  const without = (/** @type {string} */ visit, /** @type {string} */ out, /** @type {string} */ come) => [...team(visit).filter((p) => p !== out), come].sort(bytewise);
  const fits = (/** @type {string} */ v, /** @type {string} */ a, /** @type {string} */ w, /** @type {string} */ c) => {
    const [vc, wa, va, wc] = [seats.get(`${v}|${c}`), seats.get(`${w}|${a}`), seats.get(`${v}|${a}`), seats.get(`${w}|${c}`)];
    if (!vc || !wa || !va || !wc || team(v).includes(c) || team(w).includes(a)) return false;
    if (vc.group !== va.group || wa.group !== wc.group || vc.bucket !== wc.bucket || wa.bucket !== va.bucket) return false;
    return !repeated(without(v, a, c), previous).length && !repeated(without(w, c, a), previous).length;
  };
  /** @param {string} v */
  const find = (v) => {
    for (const pair of repeated(team(v), previous))
      for (const a of pair)
        for (const { visit: w } of order)
          if (w !== v) for (const c of team(w)) if (fits(v, a, w, c)) return { a, w, c };
    return null;
  };
  let swaps = 0;
  for (const { visit: v } of order) {
    const found = find(v);
    if (!found) continue;
    const [here, there] = [without(v, found.a, found.c), without(found.w, found.c, found.a)];
    teams.set(v, here);
    teams.set(found.w, there);
    swaps++;
  }
  return swaps;
}

/** @param {any} visit @param {Record<string, string>[]} own its edges @param {string[]} members @param {Set<string>} lead @param {number} depth @param {string} seed */
function describe(visit, own, members, lead, depth, seed) {
  const sorted = (/** @type {string[]} */ people, /** @type {string} */ tag) =>
    people.map((p) => ({ p, h: hex(`${seed}|${tag}|${visit.id}|${p}`) })).sort((a, b) => (a.h < b.h ? -1 : a.h > b.h ? 1 : bytewise(a.p, b.p))).map(({ p }) => p);
  const groups = visit.groups.filter((/** @type {any} */ group) => own.some((edge) => edge.group === group.name));
  return {
    leader: sorted(members.filter((p) => lead.has(p)), 'L')[0] ?? '',
    members: [...members].sort(bytewise),
    reserves: groups.map((/** @type {any} */ group) => ({
      group: group.name,
      inspectors: sorted(own.filter((edge) => edge.group === group.name && !members.includes(edge.inspector)).map((edge) => edge.inspector), 'S').slice(0, depth),
    })),
    visit: visit.id,
  };
}
