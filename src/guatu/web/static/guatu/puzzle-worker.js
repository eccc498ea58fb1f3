"use strict";
// Looks for the numbers of a puzzle: base/puzzles.py says what they have to be. What is hashed fits one block of SHA-256.
const K = new Uint32Array(64);
const START = new Uint32Array(8);
(() => {
  // The constants are the first bits of the roots of the first primes.
  const bits = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START[found] = bits(Math.sqrt(n));
    K[found++] = bits(Math.cbrt(n));
  }
})();
const W = new Uint32Array(64);

function firstWord(text, length) {
  // text: bytes of one block, padded; returns the first 32 bits of its SHA-256.
  for (let i = 0; i < 16; i++) {
    W[i] = (text[4 * i] << 24) | (text[4 * i + 1] << 16) | (text[4 * i + 2] << 8) | text[4 * i + 3];
  }
  W[15] = length * 8;
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15], y = W[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let a = START[0], b = START[1], c = START[2], d = START[3], e = START[4], f = START[5], g = START[6], h = START[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return (START[0] + a) >>> 0;
}

function numberOf(seed, part, bits) {
  const text = new Uint8Array(64);
  const head = `${seed}:${part}:`;
  for (let i = 0; i < head.length; i++) text[i] = head.charCodeAt(i);
  const limit = 2 ** (32 - bits);
  for (let number = 0; ; number++) {
    const digits = String(number);
    let at = head.length;
    for (let i = 0; i < digits.length; i++) text[at++] = digits.charCodeAt(i);
    text[at] = 0x80;
    if (firstWord(text, at) < limit) return digits;
  }
}

onmessage = ({ data }) => {
  const found = [];
  for (let part = 0; part < data.parts; part++) {
    found.push(numberOf(data.seed, part, data.bits));
    postMessage({ done: (part + 1) / data.parts });
  }
  postMessage({ solution: found.join(",") });
};
