// @ts-check
/** A bag that lies unpacked beside this page on the same web site: `?bag=../draws/…/bag/`. Opened by double click there is none. */

const AT_ONCE = 6;

/** The address of the bag that the page was asked for; nothing from another site, nothing from a file. @returns {URL | null} */
export function published() {
  const asked = new URLSearchParams(location.search).get('bag');
  if (!asked || !/^https?:$/.test(location.protocol)) return null;
  const address = new URL(asked.endsWith('/') ? asked : `${asked}/`, location.href);
  return address.origin === location.origin ? address : null;
}

/** Whether a bag was asked for on a page opened by double click: no browser lets such a page read files beside it. @returns {string} the bag's path, or '' */
export function outOfReach() {
  const asked = new URLSearchParams(location.search).get('bag') ?? '';
  return /^https?:$/.test(location.protocol) ? '' : asked.replace(/^(\.\.\/)+/, '');
}

/** The files that the bag's own manifests name, by path; every one must be there. @param {URL} bag @returns {Promise<Map<string, Blob>>} */
export async function fetchBag(bag) {
  const tags = await fetchOne(bag, 'tagmanifest-sha256.txt');
  const manifest = await fetchOne(bag, 'manifest-sha256.txt');
  /** @type {Map<string, Blob>} */
  const files = new Map([['tagmanifest-sha256.txt', tags], ['manifest-sha256.txt', manifest], ['signature.note', await fetchOne(bag, 'signature.note')]]);
  const named = [...namesIn(await tags.text()), ...namesIn(await manifest.text())].filter((path) => !files.has(path));
  const next = named[Symbol.iterator]();
  const fetchRest = async () => {
    for (const path of next) files.set(path, await fetchOne(bag, path));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchRest));
  return files;
}

/** @param {string} manifest @returns {string[]} */
const namesIn = (manifest) => manifest.split('\n').filter(Boolean).map((line) => line.slice(66));

/** @param {URL} bag @param {string} path */
async function fetchOne(bag, path) {
  const address = new URL(path, bag);
  if (!address.href.startsWith(bag.href)) throw new Error(path);
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.blob();
}
