/* Tickets and flow rounding of docs/draw-format.md, the same bytes as the Python reference, for large frames.
   SHA-256 (FIPS 180-4) with the processor's SHA instructions where it has them. Called through ctypes by native.py. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <pthread.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static const uint32_t K[64] = {
0x428a2f98,0x71374491,0xb5c0fbcf,0xe9b5dba5,0x3956c25b,0x59f111f1,0x923f82a4,0xab1c5ed5,0xd807aa98,0x12835b01,0x243185be,0x550c7dc3,0x72be5d74,0x80deb1fe,0x9bdc06a7,0xc19bf174,
0xe49b69c1,0xefbe4786,0x0fc19dc6,0x240ca1cc,0x2de92c6f,0x4a7484aa,0x5cb0a9dc,0x76f988da,0x983e5152,0xa831c66d,0xb00327c8,0xbf597fc7,0xc6e00bf3,0xd5a79147,0x06ca6351,0x14292967,
0x27b70a85,0x2e1b2138,0x4d2c6dfc,0x53380d13,0x650a7354,0x766a0abb,0x81c2c92e,0x92722c85,0xa2bfe8a1,0xa81a664b,0xc24b8b70,0xc76c51a3,0xd192e819,0xd6990624,0xf40e3585,0x106aa070,
0x19a4c116,0x1e376c08,0x2748774c,0x34b0bcb5,0x391c0cb3,0x4ed8aa4a,0x5b9cca4f,0x682e6ff3,0x748f82ee,0x78a5636f,0x84c87814,0x8cc70208,0x90befffa,0xa4506ceb,0xbef9a3f7,0xc67178f2};
static const uint32_t START[8] = {0x6a09e667,0xbb67ae85,0x3c6ef372,0xa54ff53a,0x510e527f,0x9b05688c,0x1f83d9ab,0x5be0cd19};

#define ROTR(x, n) ((x) >> (n) | (x) << (32 - (n)))
static void compress_plain(uint32_t s[8], const uint8_t *p) {
  uint32_t w[64], v[8];
  for (int i = 0; i < 16; i++) w[i] = (uint32_t)p[4*i] << 24 | p[4*i+1] << 16 | p[4*i+2] << 8 | p[4*i+3];
  for (int i = 16; i < 64; i++)
    w[i] = w[i-16] + (ROTR(w[i-15],7) ^ ROTR(w[i-15],18) ^ w[i-15] >> 3) + w[i-7] + (ROTR(w[i-2],17) ^ ROTR(w[i-2],19) ^ w[i-2] >> 10);
  memcpy(v, s, 32);
  for (int i = 0; i < 64; i++) {
    uint32_t a = v[0], e = v[4];
    uint32_t t1 = v[7] + (ROTR(e,6) ^ ROTR(e,11) ^ ROTR(e,25)) + ((e & v[5]) ^ (~e & v[6])) + K[i] + w[i];
    uint32_t t2 = (ROTR(a,2) ^ ROTR(a,13) ^ ROTR(a,22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 28);
    v[4] += t1; v[0] = t1 + t2;
  }
  for (int i = 0; i < 8; i++) s[i] += v[i];
}

#if defined(__x86_64__)
__attribute__((target("sha,sse4.1,ssse3"))) static void compress_ni(uint32_t s[8], const uint8_t *p) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bULL, 0x0405060700010203ULL);
  __m128i t = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)s), 0xB1);
  __m128i u = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(s + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(t, u, 8), cdgh = _mm_blend_epi16(u, t, 0xF0);
  const __m128i abef0 = abef, cdgh0 = cdgh;
  __m128i m[4];
  for (int i = 0; i < 4; i++) m[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16*i)), swap);
#pragma GCC unroll 16
  for (int r = 0; r < 16; r++) {
    __m128i now = m[r & 3], sum = _mm_add_epi32(now, _mm_loadu_si128((const __m128i *)(K + 4*r)));
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
    if (r < 12) {
      __m128i last = m[(r + 3) & 3];
      __m128i next = _mm_add_epi32(_mm_sha256msg1_epu32(now, m[(r + 1) & 3]), _mm_alignr_epi8(last, m[(r + 2) & 3], 4));
      m[r & 3] = _mm_sha256msg2_epu32(next, last);
    }
  }
  abef = _mm_add_epi32(abef, abef0); cdgh = _mm_add_epi32(cdgh, cdgh0);
  t = _mm_shuffle_epi32(abef, 0x1B); u = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)s, _mm_blend_epi16(t, u, 0xF0));
  _mm_storeu_si128((__m128i *)(s + 4), _mm_alignr_epi8(u, t, 8));
}
#endif

static void (*compress)(uint32_t[8], const uint8_t *) = compress_plain;
__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
  unsigned a = 7, b = 0, c = 0, d = 0;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  if ((b >> 29 & 1) && __builtin_cpu_supports("sse4.1")) compress = compress_ni;
#endif
}

/* Hash seed (64 bytes, its state given) followed by `tail`, at most 55 bytes: one compression. */
static void finish(const uint32_t mid[8], const uint8_t *tail, int n, uint8_t out[32]) {
  uint8_t block[64] = {0};
  uint32_t s[8];
  memcpy(block, tail, n);
  block[n] = 0x80;
  uint64_t bits = (uint64_t)(64 + n) * 8;
  for (int i = 0; i < 8; i++) block[56 + i] = bits >> (56 - 8*i);
  memcpy(s, mid, 32);
  compress(s, block);
#ifdef SUNLOT_LIES
  s[7] ^= 1;
#endif
  for (int i = 0; i < 8; i++) { out[4*i] = s[i] >> 24; out[4*i+1] = s[i] >> 16; out[4*i+2] = s[i] >> 8; out[4*i+3] = s[i]; }
}
static void midstate(const char *seed, uint32_t mid[8]) { memcpy(mid, START, 32); compress(mid, (const uint8_t *)seed); }

typedef struct { const uint32_t *mid; const uint8_t *ids; const uint8_t *cut; int64_t *rows; uint8_t *tickets; int64_t from, to, room, found; int width; } Part;
static void *search(void *given) {
  Part *p = given;
  uint8_t tail[64] = "|T|", out[32];
  for (int64_t i = p->from; i < p->to; i++) {
    const uint8_t *id = p->ids + i * p->width;
    int n = p->width;
    while (n && id[n-1] == 0) n--;
    memcpy(tail + 3, id, n);
    finish(p->mid, tail, n + 3, out);
    if (memcmp(out, p->cut, 32) < 0) {
      if (p->found < p->room) { p->rows[p->found] = i; memcpy(p->tickets + 32 * p->found, out, 32); }
      p->found++;
    }
  }
  return NULL;
}

/* Rows whose ticket is below `cut` (32 bytes), at most room/threads of them a thread; ids: n rows of `width` bytes, padded with zeros.
   Returns how many were found, or -1 when there was too little room. Threads write side by side; counts[t] says how many each wrote. */
int64_t sunlot_below(const char *seed, const uint8_t *ids, int width, int64_t n, const uint8_t *cut, int64_t room, int threads, int64_t *rows, uint8_t *tickets, int64_t *counts) {
  uint32_t mid[8];
  pthread_t who[64];
  Part part[64];
  int64_t all = 0, each = room / threads;
  midstate(seed, mid);
  for (int t = 0; t < threads; t++) {
    part[t] = (Part){mid, ids, cut, rows + t * each, tickets + 32 * t * each, n * t / threads, n * (t + 1) / threads, each, 0, width};
    if (pthread_create(&who[t], NULL, search, &part[t])) return -2;
  }
  for (int t = 0; t < threads; t++) {
    pthread_join(who[t], NULL);
    counts[t] = part[t].found;
    if (part[t].found > each) all = -1;
    else if (all >= 0) all += part[t].found;
  }
  return all;
}

/* below(n) of section 2 for n < 2^32: words are 256-bit; those of at least floor(2^256/n)*n are passed over. */
typedef struct { uint32_t mid[8]; int64_t words; } Words;
static uint32_t below(Words *w, uint32_t n) {
  uint8_t word[32];
  char tail[56];
  for (;;) {
    int len = snprintf(tail, sizeof tail, "|R|team|%lld", (long long)w->words++);
    finish(w->mid, (const uint8_t *)tail, len, word);
    uint64_t rest = 0, top = 1; /* word mod n, and 2^256 mod n */
    int large = 1;              /* the word is within 2^32 of 2^256: only then may it be refused */
    for (int i = 0; i < 8; i++) {
      uint32_t limb = (uint32_t)word[4*i] << 24 | word[4*i+1] << 16 | word[4*i+2] << 8 | word[4*i+3];
      rest = (rest << 32 | limb) % n;
      top = (top << 32) % n;
      if (i < 7 && limb != 0xffffffffu) large = 0;
    }
    uint32_t last = (uint32_t)word[28] << 24 | word[29] << 16 | word[30] << 8 | word[31];
    if (large && top && (uint64_t)last >= 0x100000000ULL - top) continue;
    return (uint32_t)rest;
  }
}

#define ONE (1 << 20)
#define OPEN(a) (flows[a] & (ONE - 1))
/* Section 5.2 from "open arcs" on; flows are changed in place. Returns 0, or -1 without memory, -2 when the flow is not conserved. */
int sunlot_round(const char *seed, int64_t arcs, int nodes, const int32_t *tails, const int32_t *heads, int64_t *flows) {
  Words w = {{0}, 0};
  midstate(seed, w.mid);
  int32_t *order = malloc(4 * (arcs + 1)), *list = malloc(8 * (arcs + 1)), *path = malloc(4 * (nodes + 2)), *walk = malloc(4 * (nodes + 2)), *place = malloc(4 * (nodes + 1));
  int64_t *first = calloc(nodes + 1, 8), *end = calloc(nodes + 1, 8), count = 0;
  int result = -1;
  if (!order || !list || !path || !walk || !place || !first || !end) goto out;
  for (int64_t a = 0; a < arcs; a++) if (OPEN(a)) order[count++] = a;
  for (int64_t j = count - 1; j > 0; j--) { uint32_t k = below(&w, j + 1); int32_t x = order[j]; order[j] = order[k]; order[k] = x; }
  for (int64_t i = 0; i < count; i++) { end[tails[order[i]]]++; end[heads[order[i]]]++; }
  for (int64_t v = 0, sum = 0; v < nodes; v++) { int64_t d = end[v]; first[v] = end[v] = sum; sum += d; }
  for (int64_t i = 0; i < count; i++) { list[end[tails[order[i]]]++] = order[i]; list[end[heads[order[i]]]++] = order[i]; }
  for (int v = 0; v < nodes; v++) place[v] = -1;
  result = 0;
  for (int64_t i = 0; i < count && !result; i++) while (OPEN(order[i])) {
    int depth = 0, arc = order[i], node = tails[arc];
    walk[0] = node; place[node] = 0;
    for (;;) {
      path[depth++] = arc;
      int reached = tails[arc] == walk[depth-1] ? heads[arc] : tails[arc];
      if (place[reached] < 0) { place[reached] = depth; walk[depth] = reached; }
      else {
        int cut = place[reached];
        int64_t up = ONE, down = ONE;
        for (int s = cut; s < depth; s++) {
          int64_t rest = OPEN(path[s]), along = tails[path[s]] == walk[s];
          int64_t a = along ? ONE - rest : rest, b = ONE - a;
          if (a < up) up = a;
          if (b < down) down = b;
        }
        int64_t shift = below(&w, up + down) < (uint64_t)down ? up : -down;
        for (int s = cut; s < depth; s++) flows[path[s]] += tails[path[s]] == walk[s] ? shift : -shift;
        for (int s = cut + 1; s < depth; s++) place[walk[s]] = -1;
        depth = cut;
        if (!depth) { place[walk[0]] = -1; break; }
      }
      int here = walk[depth], last = path[depth-1];
      while (first[here] < end[here] && !OPEN(list[first[here]])) first[here]++;
      int64_t at = first[here];
      while (at < end[here] && (list[at] == last || !OPEN(list[at]))) at++;
      if (at == end[here]) { result = -2; break; }
      arc = list[at];
    }
    if (result) break;
  }
out:
  free(order); free(list); free(path); free(walk); free(place); free(first); free(end);
  return result;
}
