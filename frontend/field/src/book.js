// @ts-check
/** All that this phone holds: visits, changes, drafts, photos, records. In memory for the screen, in the store before anybody is told it is kept. */
import { dumps } from '../../verifier/src/canonical.js';
import { hex } from '../../verifier/src/sha256.js';
import { byField, held } from './merge.js';
import { Store } from './store.js';
import { _, english } from './words.js';

/** @typedef {import('./merge.js').Change & {uid: string, known: boolean, mine: boolean, receipt?: string, refused: {kind: string, sentence: string} | null}} Kept */

/** UUID, version 4; crypto.randomUUID exists only on HTTPS. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The phone's clock, UTC to the second. @param {Date} [moment] */
export const utc = (moment = new Date()) => moment.toISOString().slice(0, 19) + 'Z';

/** Text as the office takes it: NFC, whole characters. @param {any} value */
function clean(value) {
  if (typeof value === 'string') return value.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '').normalize('NFC');
  if (Array.isArray(value)) return value.map(clean);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  return value;
}

export class Book extends EventTarget {
  /** @param {string} owner */
  static async open(owner) {
    const book = new Book(owner, await Store.open(owner));
    await book.load();
    return book;
  }

  /** @param {string} owner @param {Store} store */
  constructor(owner, store) {
    super();
    this.owner = owner;
    this.store = store;
    this.device = '';
    this.counter = 0;
    this.stamp = '';
    /** @type {any} what `today` said apart from the visits */ this.office = null;
    /** @type {Map<string, any>} */ this.visits = new Map();
    /** @type {Map<string, Map<string, Kept>>} */ this.changes = new Map();
    /** @type {Map<string, any>} photos without their bytes */ this.photos = new Map();
    /** @type {Map<string, any[]>} the same by visit */ this.taken = new Map();
    /** @type {Map<string, any>} */ this.records = new Map();
    /** @type {Map<string, any>} */ this.drafts = new Map();
    /** @type {Map<string, Map<string, import('./merge.js').Held>>} */ this.merged = new Map();
    /** @type {Map<string, any>} */ this.listed = new Map();
    this.writing = 0;
    this.trouble = '';
  }

  async load() {
    const [device, counter, stamp, office] = await Promise.all(['device', 'counter', 'stamp', 'office'].map((key) => this.store.get('meta', key)));
    [this.device, this.counter, this.stamp, this.office] = [device || uuid(), counter || 0, stamp || '', office || null];
    if (!device) await this.store.write(['meta'], ({ meta }) => meta.put(this.device, 'device'));
    for (const visit of await this.store.all('visits')) this.visits.set(visit.uid, visit);
    for (const change of await this.store.all('changes')) this.put(change);
    for (const photo of await this.store.all('photos')) this.putPhoto(photo);
    for (const record of await this.store.all('records')) this.records.set(record.key, record);
    const drafts = await this.store.all('drafts');
    drafts.forEach((draft) => this.drafts.set(draft.key, draft));
    for (const draft of drafts) await this.enter(draft.uid, draft.field, draft.value); // the tab was killed while somebody typed
  }

  /** The office's vocabularies in the reader's language. */
  get labels() {
    return (english && this.office.english?.labels) || this.office.labels;
  }

  /** The pledge, likewise. @returns {string[]} */
  get pledge() {
    return (english && this.office.english?.pledge) || this.office.pledge;
  }

  /** @param {Kept} change */
  put(change) {
    if (!this.changes.has(change.uid)) this.changes.set(change.uid, new Map());
    this.of(change.uid).set(change.id, change);
    this.counter = Math.max(this.counter, change.counter);
    this.merged.delete(change.uid);
  }

  /** @param {string} uid @returns {Map<string, Kept>} */
  of(uid) {
    return this.changes.get(uid) || new Map();
  }

  /** @param {any} photo */
  putPhoto(photo) {
    this.photos.set(photo.key, photo);
    this.taken.set(photo.uid, [...this.takenAt(photo.uid).filter((one) => one.key !== photo.key), photo]);
  }

  /** The photos of a visit whose bytes are on this phone. @param {string} uid @returns {any[]} */
  takenAt(uid) {
    return this.taken.get(uid) || [];
  }

  /** What every field of a visit holds. @param {string} uid */
  fields(uid) {
    let fields = this.merged.get(uid);
    if (!fields) {
      const counted = [...this.of(uid).values()].filter((change) => !change.refused);
      fields = new Map([...byField(counted)].map(([field, changes]) => [field, held(changes)]));
      this.merged.set(uid, fields);
    }
    return fields;
  }

  /** The value that holds, drafts included. @param {string} uid @param {string} field */
  value(uid, field) {
    const draft = this.drafts.get(`${uid}/${field}`);
    return draft ? draft.value : this.fields(uid).get(field)?.value ?? null;
  }

  /** The ids of a field's heads: what somebody sees who looks at it. @param {string} uid @param {string} field @returns {string[]} */
  heads(uid, field) {
    return (this.fields(uid).get(field)?.heads || []).map((head) => head.id);
  }

  /** Keeps what is being typed, at every key. @param {string} uid @param {string} field @param {any} value @param {string[]} seen the heads that were on the screen */
  async draft(uid, field, value, seen) {
    const draft = { key: `${uid}/${field}`, uid, field, value, over: this.drafts.get(`${uid}/${field}`)?.over || seen };
    this.drafts.set(draft.key, draft);
    await this.keeping(this.store.write(['drafts'], ({ drafts }) => drafts.put(draft)));
  }

  /** Enters a value: one change more, kept for good. @param {string} uid @param {string} field @param {any} value */
  async enter(uid, field, value) {
    await this.enterAll(uid, { [field]: value });
  }

  /** Enters several values at once, all or none. @param {string} uid @param {Record<string, any>} values @param {(tables: Record<string, IDBObjectStore>) => void} [also] */
  async enterAll(uid, values, also = () => {}) {
    const fields = this.fields(uid);
    const made = [];
    const settled = [];
    for (const [field, entered] of Object.entries(values)) {
      const value = clean(entered);
      const now = fields.get(field);
      const over = this.drafts.get(`${uid}/${field}`)?.over || this.heads(uid, field);
      this.drafts.delete(`${uid}/${field}`);
      settled.push(`${uid}/${field}`);
      if (!now ? value === null : !now.parallel.length && dumps(now.value) === dumps(value)) continue;
      const change = { id: uuid(), uid, field, value, over, device: this.device, counter: this.counter + 1, at: utc(), stamp: this.stamp, known: false, mine: true, refused: null };
      this.put(change);
      made.push(change);
    }
    if (made.length) this.tell('news', { uid });
    await this.keeping(this.store.write(['changes', 'drafts', 'meta', 'photos', 'bytes'], (tables) => {
      made.forEach((change) => tables.changes.put(change));
      settled.forEach((key) => tables.drafts.delete(key));
      tables.meta.put(this.counter, 'counter');
      also(tables);
    }));
    if (made.length) this.tell('entered', { uid });
  }

  /** Makes every draft a change. */
  async settle() {
    for (const draft of [...this.drafts.values()]) await this.enter(draft.uid, draft.field, draft.value);
  }

  /** Waits until something is down, and says so on the state line; a full phone must never look like one that has kept it. @param {Promise<void>} writing */
  async keeping(writing) {
    this.writing++;
    this.tell('state');
    try {
      await writing;
    } catch (error) {
      this.trouble = _`没有存进手机：${/** @type {Error} */ (error).message || error}。请腾出空间后重试，不要关闭页面。`;
      throw error;
    } finally {
      this.writing--;
      this.tell('state');
    }
  }

  /** @param {string} kind @param {any} [detail] */
  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** A photo, kept with the change that names it. @param {string} uid @param {{sha256: string, bytes: ArrayBuffer, thumb: string, media?: string}} taken @param {string} of */
  async addPhoto(uid, { sha256, bytes, thumb, media = 'image/jpeg' }, of) {
    const photo = { key: `${uid}/${sha256}`, uid, sha256, size: bytes.byteLength, thumb };
    this.putPhoto(photo);
    const value = { size: photo.size, media, taken: utc(), of, caption: '' };
    await this.enterAll(uid, { [`photos/${sha256}`]: value, [`photos/${sha256}/withdrawn`]: null }, (tables) => {
      tables.photos.put(photo);
      tables.bytes.put({ key: photo.key, bytes });
    });
  }

  /** A photo that is no part of the record's contents: of the seal under it. Another that it replaces goes. @param {string} uid @param {{sha256: string, bytes: ArrayBuffer, thumb: string}} taken @param {string} before */
  async keepApart(uid, { sha256, bytes, thumb }, before) {
    const photo = { key: `${uid}/${sha256}`, uid, sha256, size: bytes.byteLength, thumb };
    const old = before && before !== sha256 && !this.fields(uid).has(`photos/${before}`) ? `${uid}/${before}` : '';
    this.putPhoto(photo);
    if (old) {
      this.photos.delete(old);
      this.taken.set(uid, this.takenAt(uid).filter((one) => one.key !== old));
    }
    await this.keeping(this.store.write(['photos', 'bytes'], (tables) => {
      tables.photos.put(photo);
      tables.bytes.put({ key: photo.key, bytes });
      if (old) for (const table of [tables.photos, tables.bytes]) table.delete(old);
    }));
  }

  /** The findings and hazards that were begun, in the order in which they were, and the photos by what they show; worked out once a change. @param {string} uid */
  lists(uid) {
    const fields = this.fields(uid);
    let lists = this.listed.get(uid);
    if (lists?.fields === fields) return lists;
    const first = new Map();
    for (const { field, counter, refused } of this.of(uid).values()) {
      const [kind, id] = field.split('/');
      if (!refused && (kind === 'findings' || kind === 'hazards')) first.set(`${kind}/${id}`, Math.min(counter, first.get(`${kind}/${id}`) ?? Infinity));
    }
    lists = { fields, findings: /** @type {string[]} */ ([]), hazards: /** @type {string[]} */ ([]), photos: /** @type {Map<string, any[]>} */ (new Map()) };
    for (const [path] of [...first].sort(([a, i], [b, j]) => i - j || (a < b ? -1 : 1))) lists[/** @type {'findings' | 'hazards'} */ (path.split('/')[0])].push(path.split('/')[1]);
    for (const [field, one] of fields) {
      const [kind, sha256, part] = field.split('/');
      if (kind !== 'photos' || part || !one.value) continue;
      const photo = { sha256, ...one.value, withdrawn: fields.get(`${field}/withdrawn`)?.value === true, thumb: this.photos.get(`${uid}/${sha256}`)?.thumb || '' };
      lists.photos.set(photo.of, [...(lists.photos.get(photo.of) || []), photo]);
    }
    this.listed.set(uid, lists);
    return lists;
  }

  /** @param {string} uid @param {'findings' | 'hazards'} kind @returns {string[]} ids */
  many(uid, kind) {
    return this.lists(uid)[kind];
  }

  /** The photos of something, withdrawn ones too. @param {string} uid @param {string} of @returns {any[]} */
  photosOf(uid, of) {
    return this.lists(uid).photos.get(of) || [];
  }

  /** The latest record made on this phone that still counts. @param {string} uid */
  record(uid) {
    return [...this.records.values()].filter((record) => record.uid === uid && record.status !== 'void').sort((a, b) => b.edition - a.edition || (a.at < b.at ? 1 : -1))[0];
  }

  /** The records that were signed to the end on this phone and not refused, the earliest edition first. @param {string} uid @returns {any[]} */
  signed(uid) {
    return [...this.records.values()].filter((record) => record.uid === uid && ['closed', 'taken'].includes(record.status)).sort((a, b) => a.edition - b.edition || (a.at < b.at ? -1 : 1));
  }

  /** @param {any} record */
  async keepRecord(record) {
    this.records.set(record.key, record);
    this.tell('news', { uid: record.uid });
    await this.keeping(this.store.write(['records'], ({ records }) => records.put(record)));
    this.tell('entered', { uid: record.uid });
  }

  /** Hash by which office and phone see whether they hold the same. @param {string} uid */
  digest(uid) {
    return hex([...this.of(uid).values()].filter((change) => !change.refused).map((change) => change.id).sort().join('\n'));
  }

  /** What of a visit the office does not have yet. @param {string} uid */
  waiting(uid) {
    const visit = this.visits.get(uid);
    const changes = [...this.of(uid).values()].filter((change) => !change.known && !change.refused).length;
    const photos = this.takenAt(uid).filter((photo) => !(visit?.photos?.[photo.sha256] >= photo.size)).length;
    const record = this.record(uid);
    const records = record && record.status === 'closed' ? 1 : 0;
    const drafts = [...this.drafts.values()].filter((draft) => draft.uid === uid).length;
    return { changes: changes + drafts, photos, records, all: changes + drafts + photos + records };
  }

  /** Whether there is an entry of somebody else's without the office's receipt: kept by a form of before there were receipts. @param {string} uid */
  unproven(uid) {
    return [...this.of(uid).values()].some((change) => change.known && !change.mine && !change.receipt);
  }

  /** @param {string} uid */
  refused(uid) {
    return [...this.of(uid).values()].filter((change) => change.refused);
  }
}
