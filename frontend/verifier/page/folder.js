// @ts-check
/** Files of a chosen or dropped folder, by path; nobody reads them here. */

/** @param {FileList} list @returns {Promise<Map<string, File>>} */
export async function gather(list) {
  return new Map([...list].map((file) => [file.webkitRelativePath || file.name, file]));
}

/** @param {DataTransferItemList} items @returns {Promise<Map<string, File>>} */
export async function gatherDropped(items) {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = new Map();
  for (const entry of entries) await walk(/** @type {any} */ (entry), '', files);
  return files;
}

/** @param {any} entry @param {string} under @param {Map<string, File>} files */
async function walk(entry, under, files) {
  if (entry.isFile) {
    files.set(under + entry.name, await new Promise((done, fail) => entry.file(done, fail)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return;
    for (const inner of some) await walk(inner, `${under}${entry.name}/`, files);
  }
}
