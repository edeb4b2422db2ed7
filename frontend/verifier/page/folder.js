// @ts-check
/** Files of a chosen or dropped folder, by path; nobody reads them here. */

/** @typedef {Map<string, File>} Chosen */

/** @param {FileList} list @returns {Promise<Chosen>} */
export async function gather(list) {
  return new Map([...list].map((file) => [file.webkitRelativePath || file.name, file]));
}

/**
 * A page opened by double click may not list a dropped folder through its entries (Chromium: EncodingError), only through handles;
 * a page from plain http has no handles. What is dropped must be asked for before the first wait.
 * @param {DataTransferItemList} items @returns {Promise<Chosen>}
 */
export async function gatherDropped(items) {
  const dropped = [...items].filter(({ kind }) => kind === 'file').map((/** @type {any} */ item) => item.getAsFileSystemHandle?.() ?? item.webkitGetAsEntry());
  /** @type {Chosen} */
  const files = new Map();
  for (const one of await Promise.all(dropped)) if (one) await walk(one, '', files);
  return files;
}

/** @param {any} node a handle or an entry @param {string} under @param {Chosen} files */
async function walk(node, under, files) {
  if (node.kind === 'file' || node.isFile) {
    files.set(under + node.name, await (node.getFile?.() ?? new Promise((done, fail) => node.file(done, fail))));
    return;
  }
  for (const inner of node.values ? await handlesIn(node) : await entriesIn(node)) await walk(inner, `${under}${node.name}/`, files);
}

/** @param {any} folder */
async function handlesIn(folder) {
  const all = [];
  for await (const handle of folder.values()) all.push(handle);
  return all;
}

/** @param {any} folder */
async function entriesIn(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return all;
    all.push(...some);
  }
}
