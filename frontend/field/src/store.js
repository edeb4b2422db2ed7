// @ts-check
/** The phone's own database (IndexedDB), one for each inspector who logs in on it. Every function returns once the bytes are down. */

const TABLES = { meta: '', visits: 'uid', changes: 'id', drafts: 'key', photos: 'key', bytes: 'key', records: 'key' };

/** @param {IDBRequest} request @returns {Promise<any>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export class Store {
  /** @param {string} owner the inspector's number @returns {Promise<Store>} */
  static async open(owner) {
    const request = indexedDB.open(`sunlot-field-${owner}`, 1);
    request.onupgradeneeded = () => {
      for (const [name, key] of Object.entries(TABLES)) request.result.createObjectStore(name, key ? { keyPath: key } : undefined);
    };
    return new Store(await done(request));
  }

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
  }

  /** One transaction: everything that `deeds` does, or nothing. @param {string[]} names @param {(tables: Record<string, IDBObjectStore>) => void} deeds @returns {Promise<void>} */
  write(names, deeds) {
    return new Promise((resolve, reject) => {
      const doing = this.database.transaction(names, 'readwrite', { durability: 'strict' });
      doing.oncomplete = () => resolve();
      doing.onabort = () => reject(doing.error || new Error('aborted'));
      deeds(Object.fromEntries(names.map((name) => [name, doing.objectStore(name)])));
    });
  }

  /** @param {string} name @param {IDBValidKey} key */
  get(name, key) {
    return done(this.database.transaction(name).objectStore(name).get(key));
  }

  /** @param {string} name @returns {Promise<any[]>} */
  all(name) {
    return done(this.database.transaction(name).objectStore(name).getAll());
  }
}
