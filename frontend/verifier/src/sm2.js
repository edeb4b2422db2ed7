// @ts-check
/** SM2 signatures, verification only (GB/T 32918.2-2016, curve of GB/T 32918.5-2017, the default identity). */
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { sm3 } from './sm3.js';

const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const Point = weierstrass(CURVE);
const IDENTITY = new TextEncoder().encode('1234567812345678');

/** @param {Uint8Array} key x ‖ y, 64 bytes @param {Uint8Array} message @param {Uint8Array} signature r ‖ s, 64 bytes */
export function verifySm2(key, message, signature) {
  if (key.length !== 64 || signature.length !== 64) return false;
  const [r, s] = [number(signature.subarray(0, 32)), number(signature.subarray(32))];
  const t = (r + s) % CURVE.n;
  if (r < 1n || r >= CURVE.n || s < 1n || s >= CURVE.n || t === 0n) return false;
  try {
    const own = Point.fromAffine({ x: number(key.subarray(0, 32)), y: number(key.subarray(32)) });
    own.assertValidity();
    const sum = Point.BASE.multiply(s).add(own.multiply(t));
    return !sum.is0() && (digest(key, message) + sum.toAffine().x) % CURVE.n === r;
  } catch {
    return false;
  }
}

/** e = SM3(Z ‖ M), Z over identity, curve and key (section 5.5). @param {Uint8Array} key @param {Uint8Array} message */
function digest(key, message) {
  const curve = [CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].flatMap((value) => [...bytes(value)]);
  const z = sm3(Uint8Array.from([0, IDENTITY.length * 8, ...IDENTITY, ...curve, ...key]));
  return number(sm3(Uint8Array.from([...z, ...message])));
}

/** @param {Uint8Array} data */
const number = (data) => data.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** @param {bigint} value */
const bytes = (value) => Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * (31 - i))) & 255n));
