// @ts-check
/** Handing in (docs/sync.md): ask what the office has, send what it lacks; however often it breaks off, the next round goes on from there. */

const BATCH = 200; // changes at once
const PIECE = 256 * 1024; // bytes of a photo at once
const LANES = 3; // photos on their way at once: a slow network is mostly waiting
const PATIENCE = 45_000; // ms for one answer
const PAUSE = 1500; // ms after the last entry
const SLOWEST = 60_000; // ms between two attempts
const KEPT = 14 * 24 * 3600_000; // ms that a visit stays here after its end
const MOST_HELD = 100; // visits at once that are asked about

export class Offline extends Error {}
export class LoggedOut extends Error {}
export class Refused extends Error {
  /** @param {any} told */
  constructor(told) {
    super(told.sentence);
    this.told = told;
  }
}

/** @param {string} address @param {RequestInit} [options] @returns {Promise<any>} */
export async function ask(address, options = {}) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(`/visits/api/${address}`, { ...options, signal: stop.signal }).catch(() => { throw new Offline(); });
    if (answer.redirected || !(answer.headers.get('Content-Type') || '').includes('json')) {
      if (answer.status >= 500) throw new Offline();
      throw new LoggedOut();
    }
    const told = await answer.json().catch(() => { throw new Offline(); });
    if (answer.ok) return told;
    if (answer.status >= 500) throw new Offline();
    throw new Refused(told);
  } finally {
    clearTimeout(late);
  }
}

/** @param {string} address @param {BodyInit} body @param {string} type */
function post(address, body, type) {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] || '';
  return ask(address, { method: 'POST', body, headers: { 'X-CSRFToken': token, 'Content-Type': type } });
}

/** @param {string} address @param {any} body */
const postJson = (address, body) => post(address, JSON.stringify(body), 'application/json');

export class Sync extends EventTarget {
  /** @param {import('./book.js').Book} book */
  constructor(book) {
    super();
    this.book = book;
    /** @type {'idle' | 'busy' | 'offline' | 'out' | 'refused'} */ this.state = 'idle';
    this.at = '';
    /** @type {Map<string, string>} what the office says of a visit that it does not take in */ this.said = new Map();
    this.wait = 3000;
    /** @type {ReturnType<typeof setTimeout> | undefined} */ this.timer = undefined;
    this.again = false;
    this.stopped = false;
    book.addEventListener('entered', (event) => /** @type {CustomEvent} */ (event).detail?.quiet || this.soon());
    addEventListener('online', () => this.run());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.run());
  }

  /** Hands in after a pause in the typing; while the office cannot be reached, the next attempt is due anyway. */
  soon() {
    if (this.state === 'busy') this.again = true;
    else if (this.state === 'idle') {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.run(), PAUSE);
    }
  }

  /** One round. Never throws: what went wrong is the state. */
  async run() {
    if (this.state === 'busy' || this.stopped) return;
    clearTimeout(this.timer);
    this.set('busy');
    this.again = false;
    try {
      await this.round();
      this.at = new Date().toISOString();
      this.wait = 3000;
      this.set('idle');
      if (this.again) this.soon();
      else this.timer = setTimeout(() => this.run(), SLOWEST);
    } catch (error) {
      if (error instanceof LoggedOut) this.set('out');
      else if (error instanceof Refused) {
        this.said.set('', error.message);
        this.set('refused');
      } else {
        if (!(error instanceof Offline)) console.warn(error);
        this.set('offline');
        this.timer = setTimeout(() => this.run(), this.wait);
        this.wait = Math.min(2 * this.wait, SLOWEST);
      }
    }
  }

  /** For good: another window goes on. */
  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }

  /** @param {'idle' | 'busy' | 'offline' | 'out' | 'refused'} state */
  set(state) {
    this.state = state;
    this.book.tell('state');
  }

  async round() {
    await this.today();
    const sent = (await this.each((visit) => this.changes(visit))) + (await this.each((visit) => this.record(visit)));
    const pieces = await this.each((visit) => this.photos(visit));
    if (sent + pieces) await this.today();
    await this.forget();
  }

  /** Does something for every visit; one that the office refuses holds up no other. @param {(visit: any) => Promise<number>} deed @returns {Promise<number>} */
  async each(deed) {
    let count = 0;
    for (const visit of [...this.book.visits.values()]) {
      try {
        count += await deed(visit);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.said.set(visit.uid, error.message);
      }
    }
    return count;
  }

  /** @param {any} [told] what was asked already */
  async today(told) {
    const book = this.book;
    const held = [...book.visits.values()].filter((visit) => !visit.listed).slice(0, MOST_HELD).map((visit) => visit.uid);
    const { visits, released = [], ...office } = told || (await ask(held.length ? `today/?held=${held}` : 'today/'));
    if (office.me.inspector !== book.owner) {
      localStorage.setItem('sunlot-field-owner', office.me.inspector);
      location.reload();
      throw new Offline();
    }
    this.said.clear();
    const listed = new Set(visits.map((/** @type {any} */ visit) => visit.uid));
    const over = new Map(released.map((/** @type {any} */ visit) => [visit.uid, visit]));
    for (const visit of visits) book.visits.set(visit.uid, { ...visit, listed: true, released: false });
    for (const [uid, visit] of book.visits) if (!listed.has(uid)) book.visits.set(uid, { ...visit, ...over.get(uid), listed: false, released: over.has(uid) });
    office.ahead = Date.parse(office.now) - Date.now(); // ms that the office's clock is ahead of the phone's
    book.office = office;
    book.stamp = office.stamp;
    await book.keeping(book.store.write(['meta', 'visits'], ({ meta, visits: table }) => {
      meta.put(office, 'office');
      meta.put(office.stamp, 'stamp');
      for (const visit of book.visits.values()) table.put(visit);
    }));
    book.tell('news', {});
  }

  /** Makes both sides hold the same changes. @param {any} visit */
  async changes(visit) {
    const book = this.book;
    await book.settle();
    const told = visit.listed || visit.released;
    if (told ? visit.digest === book.digest(visit.uid) && !book.unproven(visit.uid) : !book.waiting(visit.uid).changes) {
      await this.know(visit.uid, [...book.of(visit.uid).keys()]);
      return 0;
    }
    if (told) await this.take(visit.uid, await ask(`${visit.uid}/changes/`)); // whoever was replaced may still hand in, but reads no more
    const lacking = [...book.of(visit.uid).values()].filter((change) => !change.known && !change.refused); // of others too: an office restored from a backup may have nobody else to ask
    for (let at = 0; at < lacking.length; at += BATCH) await this.send(visit.uid, lacking.slice(at, at + BATCH));
    return lacking.length;
  }

  /** @param {string} uid @param {import('./book.js').Kept[]} changes */
  async send(uid, changes) {
    const bare = changes.map(({ id, field, value, over, device, counter, at, stamp, receipt }) => ({ id, field, value, over, device, counter, at, stamp, ...(receipt ? { receipt } : {}) }));
    const told = await postJson(`${uid}/changes/`, { changes: bare });
    await this.know(uid, [...told.accepted, ...told.known], told.refused);
  }

  /** Notes what the office has: nothing else counts as handed in. @param {string} uid @param {string[]} ids @param {{id: string, kind: string, sentence: string}[]} [refused] */
  async know(uid, ids, refused = []) {
    const own = this.book.of(uid);
    const news = ids.map((id) => own.get(id)).filter((change) => change && !change.known).map((change) => ({ .../** @type {any} */ (change), known: true }));
    for (const { id, kind, sentence } of refused) if (own.has(id)) news.push({ .../** @type {any} */ (own.get(id)), refused: { kind, sentence } });
    if (news.length) await this.keep(uid, news);
  }

  /** Takes in what others entered; what the office no longer has (a restored backup) is no longer known to it. @param {string} uid @param {any} told */
  async take(uid, told) {
    const own = this.book.of(uid);
    const there = new Set(told.changes.map((/** @type {any} */ change) => change.id));
    const settled = (/** @type {any} */ kept) => kept?.known && (kept.mine || kept.receipt);
    const news = told.changes.filter((/** @type {any} */ change) => !settled(own.get(change.id))).map((/** @type {any} */ change) => ({ ...change, uid, mine: change.device === this.book.device, known: true, refused: null }));
    for (const change of own.values()) if (change.known && !there.has(change.id)) news.push({ ...change, known: false });
    if (news.length) await this.keep(uid, news);
  }

  /** @param {string} uid @param {any[]} changes */
  async keep(uid, changes) {
    changes.forEach((change) => this.book.put(change));
    await this.book.keeping(this.book.store.write(['changes', 'meta'], ({ changes: table, meta }) => {
      changes.forEach((change) => table.put(change));
      meta.put(this.book.counter, 'counter');
    }));
    this.book.tell('news', { uid });
  }

  /** Every record that was signed here and that the office lacks, the earliest first: a restored office needs the edition that was amended before the next. @param {any} visit */
  async record(visit) {
    let count = 0;
    let refused = null;
    for (const record of this.book.signed(visit.uid)) {
      try {
        count += await this.offer(visit, record);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused = error;
      }
    }
    if (refused) throw refused;
    return count;
  }

  /** @param {any} visit @param {any} record */
  async offer(visit, record) {
    if (record.status === 'taken' && !((visit.listed || visit.released) && this.lost(visit, record))) return 0;
    const { text, signatures, refusal, seal } = record;
    try {
      const told = await postJson(`${visit.uid}/record/`, { record: text, signatures, refusal, ...(seal ? { seal } : {}) });
      await this.book.keepRecord({ ...record, status: 'taken', answer: told, problem: '' });
      return 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const status = record.status === 'taken' ? 'taken' : error.told.kind === 'changes_missing' ? 'closed' : 'problem'; // what the office once took stays signed: it is offered again
      await this.book.keepRecord({ ...record, status, problem: [error.message, ...(error.told.kind === 'record_incomplete' ? error.told.missing : [])].join('') });
      throw error;
    }
  }

  /** Whether the office, restored from a backup, no longer has a record that it took in, or not all of its signatures, or not the seal. @param {any} visit @param {any} record */
  lost(visit, record) {
    const there = visit.record;
    if (!there || there.edition < record.edition) return true;
    if (there.sha256 !== record.sha256) return false;
    return (visit.state === 'signing' && there.signatures < record.signatures.length) || Boolean(record.seal && !there.sealed);
  }

  /** Brings the photos that the office lacks, piece after piece from where it has them. @param {any} visit */
  async photos(visit) {
    const lacking = this.book.takenAt(visit.uid).filter((photo) => !(visit.photos?.[photo.sha256] >= photo.size));
    const queue = [...lacking];
    const lane = async () => {
      for (let photo = queue.shift(); photo; photo = queue.shift()) await this.photo(visit, photo);
    };
    const ends = await Promise.allSettled(Array.from({ length: LANES }, lane)); // all of them end before the next round begins
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return lacking.length;
  }

  /** @param {any} visit @param {any} photo */
  async photo(visit, photo) {
    const { bytes } = await this.book.store.get('bytes', photo.key);
    let have = 0;
    for (let tries = 0; tries < 3 + (2 * bytes.byteLength) / PIECE; tries++) {
      const told = await post(`${visit.uid}/photos/${photo.sha256}/?offset=${have}&size=${bytes.byteLength}`, bytes.slice(have, have + PIECE), 'application/octet-stream');
      if (told.done) return this.sent(visit, photo);
      have = told.have;
    }
    throw new Offline();
  }

  /** @param {any} visit @param {any} photo */
  async sent(visit, photo) {
    visit.photos = { ...visit.photos, [photo.sha256]: photo.size };
    await this.book.keeping(this.book.store.write(['visits'], ({ visits }) => visits.put(visit)));
    this.book.tell('news', { uid: visit.uid, quiet: true });
  }

  /**
   * Lets go of visits whose end lies 14 days back by the office's clock, if the office has said in this very round that it still has them ended, with all that is here:
   * an office that was restored from a backup may have lost what it once took in, and then this phone is all there is.
   */
  async forget() {
    const book = this.book;
    for (const visit of [...book.visits.values()]) {
      if (!visit.released || book.waiting(visit.uid).all || !this.over(visit) || !this.whole(visit)) continue;
      const gone = { changes: [...book.of(visit.uid).keys()], photos: book.takenAt(visit.uid).map((one) => one.key), bytes: book.takenAt(visit.uid).map((one) => one.key), records: [...book.records.values()].filter((one) => one.uid === visit.uid).map((one) => one.key) };
      await book.store.write(['visits', 'changes', 'photos', 'bytes', 'records'], (tables) => {
        tables.visits.delete(visit.uid);
        for (const [name, keys] of Object.entries(gone)) keys.forEach((key) => tables[name].delete(key));
      });
      book.visits.delete(visit.uid);
      book.changes.delete(visit.uid);
      book.taken.delete(visit.uid);
      gone.photos.forEach((key) => book.photos.delete(key));
      gone.records.forEach((key) => book.records.delete(key));
      book.tell('forgotten');
    }
  }

  /** @param {any} visit */
  over(visit) {
    return ['done', 'refused', 'failed'].includes(visit.state) && Date.parse(this.book.office.now) - Date.parse(visit.finished_at) >= KEPT;
  }

  /** Whether the office has all that was entered and signed here. @param {any} visit */
  whole(visit) {
    const record = this.book.record(visit.uid);
    return visit.digest === this.book.digest(visit.uid) && (!record || visit.record?.edition >= record.edition);
  }
}
