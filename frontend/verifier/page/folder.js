// @ts-check
/** Files of a chosen or dropped folder, by path. */

/** @param {FileList} list @returns {Promise<Map<string, Uint8Array>>} */
export async function gather(list) {
  const files = new Map();
  for (const file of list) files.set(file.webkitRelativePath || file.name, new Uint8Array(await file.arrayBuffer()));
  return files;
}

/** @param {DataTransferItemList} items @returns {Promise<Map<string, Uint8Array>>} */
export async function gatherDropped(items) {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = new Map();
  for (const entry of entries) await walk(/** @type {any} */ (entry), '', files);
  return files;
}

/** @param {any} entry @param {string} under @param {Map<string, Uint8Array>} files */
async function walk(entry, under, files) {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    files.set(under + entry.name, new Uint8Array(await file.arrayBuffer()));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return;
    for (const inner of some) await walk(inner, `${under}${entry.name}/`, files);
  }
}
