// @ts-check
/** A picture becomes what is kept: smaller, written anew (so without the place and the serial number a camera puts in), hashed at once. */
import { hex } from '../../verifier/src/sha256.js';
import { _ } from './words.js';

const LONGEST = 1600; // pixels of the longer side
const THUMB = 120;
const LARGEST = 12 * 2 ** 20; // bytes the office takes
export const PDF = 'application/pdf';

/** @param {File} file @returns {Promise<{sha256: string, bytes: ArrayBuffer, thumb: string}>} */
export async function take(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new Error(_`“${file.name}”不是能打开的照片；请重新拍摄。`);
  });
  const blob = await new Promise((resolve) => draw(picture, LONGEST).toBlob(resolve, 'image/jpeg', 0.8));
  const thumb = draw(picture, THUMB).toDataURL('image/jpeg', 0.6);
  picture.close();
  if (!blob) throw new Error(_('照片太大，手机内存不够；请调低相机分辨率后重拍。'));
  const bytes = await blob.arrayBuffer();
  return { sha256: await hash(bytes), bytes, thumb };
}

/** A document that the firm handed in: kept to the byte. @param {File} file @returns {Promise<{sha256: string, bytes: ArrayBuffer, thumb: string, media: string}>} */
export async function paper(file) {
  if (file.size > LARGEST) throw new Error(_`“${file.name}”超过 ${LARGEST / 2 ** 20} MB；请拆分或压缩后再添加。`);
  const bytes = await file.arrayBuffer();
  return { sha256: await hash(bytes), bytes, thumb: '', media: PDF };
}

/** @param {ArrayBuffer} bytes */
async function hash(bytes) {
  if (!crypto.subtle) return hex(new Uint8Array(bytes)); // no HTTPS, no WebCrypto
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {ImageBitmap} picture @param {number} longest */
function draw(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
