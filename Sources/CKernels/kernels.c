#include "CKernels.h"

#include <string.h>

// Each kernel is compiled for three widths of vectors; the loader picks the widest that the processor has.
#if defined(__x86_64__) && defined(__linux__)
#define WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WIDE
#endif
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

/// Sixteen columns: one register of AVX-512, two of AVX, four of NEON or SSE.
typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t masks __attribute__((vector_size(64)));
enum { width = 16 };

#define LANES(pointer) (*(lanes *)(pointer))
#define CONST_LANES(pointer) (*(const lanes *)(pointer))
/// Where the condition holds the value, else 0.
#define WHERE(condition, value) ((lanes)((masks)(value) & (condition)))

/// Rows that are summed at once: as many as leave both AVX-512 and AVX a register for each sum.
enum { most = 6 };
/// `block` with the number of rows as a constant, so that the sums stay in registers.
#define WITH_ROWS(rows, block, ...) \
  switch (rows) { \
    case 6: block(__VA_ARGS__, 6); break; \
    case 5: block(__VA_ARGS__, 5); break; \
    case 4: block(__VA_ARGS__, 4); break; \
    case 3: block(__VA_ARGS__, 3); break; \
    case 2: block(__VA_ARGS__, 2); break; \
    default: block(__VA_ARGS__, 1); \
  }

/// Some rows of sixteen columns of x · w: the sums stay while the inputs pass.
INLINE void dense_block(
    const float *x, const float *w, const float *bias, const float *gate, float *y, long k, long n, bool rectify,
    const int rows) {
  lanes sums[most];
  UNROLL for (int r = 0; r < rows; r++) sums[r] = bias ? CONST_LANES(bias) : (lanes){0};
  for (long p = 0; p < k; p++) {
    const lanes weights = CONST_LANES(w + p * n);
    UNROLL for (int r = 0; r < rows; r++) sums[r] += x[r * k + p] * weights;
  }
  UNROLL for (int r = 0; r < rows; r++) {
    lanes sum = sums[r];
    if (rectify) sum = WHERE(sum > 0, sum);
    if (gate) sum = WHERE(CONST_LANES(gate + r * n) > 0, sum);
    LANES(y + r * n) = sum;
  }
}

INLINE void dense(
    const float *x, const float *w, const float *bias, const float *gate, float *y, long m, long k, long n,
    bool rectify) {
  for (long j = 0; j < n; j += width)
    for (long i = 0; i < m; i += most)
      WITH_ROWS(
          m - i < most ? m - i : most, dense_block, x + i * k, w + j, bias ? bias + j : 0, gate ? gate + i * n + j : 0,
          y + i * n + j, k, n, rectify)
}

WIDE void kernels_dense(
    const float *x, const float *w, const float *bias, float *y, long m, long k, long n, bool rectify) {
  dense(x, w, bias, 0, y, m, k, n, rectify);
}

WIDE void kernels_dense_gated(const float *x, const float *w, const float *gate, float *y, long m, long k, long n) {
  dense(x, w, 0, gate, y, m, k, n, false);
}

/// Some rows of sixteen columns of the gradient: the sums stay while the samples pass.
INLINE void weight_block(
    const float *x, const float *d, float *g, long m, long k, long n, bool begins, const int rows) {
  lanes sums[most];
  UNROLL for (int r = 0; r < rows; r++) sums[r] = begins ? (lanes){0} : LANES(g + r * n);
  for (long i = 0; i < m; i++) {
    const lanes deltas = CONST_LANES(d + i * n);
    UNROLL for (int r = 0; r < rows; r++) sums[r] += x[i * k + r] * deltas;
  }
  UNROLL for (int r = 0; r < rows; r++) LANES(g + r * n) = sums[r];
}

WIDE void kernels_weight_gradient(
    const float *x, const float *d, float *g, long m, long k, long n, long first, long end) {
  // So many samples at a time stay in the second-level cache; the order of the sums is the same.
  const long some = 256;
  for (long i = 0; i == 0 || i < m; i += some)
    for (long j = 0; j < n; j += width)
      for (long p = first; p < end; p += most)
        WITH_ROWS(
            end - p < most ? end - p : most, weight_block, x + i * k + p, d + i * n + j, g + p * n + j,
            m - i < some ? m - i : some, k, n, i == 0)
}

WIDE void kernels_bias_gradient(const float *d, float *g, long m, long n) {
  memset(g, 0, n * sizeof *g);
  for (long i = 0; i < m; i++)
    for (long j = 0; j < n; j += width) LANES(g + j) += CONST_LANES(d + i * n + j);
}

INLINE void sparse_block(
    const uint16_t *features, long count, const float *w, const float *bias, float *y, long n, bool rectify,
    const int vectors) {
  lanes sums[4];
  UNROLL for (int v = 0; v < vectors; v++) sums[v] = CONST_LANES(bias + v * width);
  for (long f = 0; f < count; f++)
    UNROLL for (int v = 0; v < vectors; v++) sums[v] += CONST_LANES(w + features[f] * n + v * width);
  UNROLL for (int v = 0; v < vectors; v++) LANES(y + v * width) = rectify ? WHERE(sums[v] > 0, sums[v]) : sums[v];
}

WIDE void kernels_sparse(
    kernels_sparse_rows rows, const float *w, const float *bias, float *y, long m, long n, bool rectify) {
  for (long i = 0; i < m; i++) {
    const uint16_t *features = rows.features + rows.samples[i] * rows.stride;
    const long count = rows.counts[rows.samples[i]];
    long j = 0;
    for (; j + 4 * width <= n; j += 4 * width)
      sparse_block(features, count, w + j, bias + j, y + i * n + j, n, rectify, 4);
    for (; j < n; j += width) sparse_block(features, count, w + j, bias + j, y + i * n + j, n, rectify, 1);
  }
}

void kernels_sparse_masks(kernels_sparse_rows rows, uint64_t *masks, long m, long k) {
  memset(masks, 0, k * sizeof *masks);
  for (long i = 0; i < m; i++) {
    const uint16_t *features = rows.features + rows.samples[i] * rows.stride;
    const long count = rows.counts[rows.samples[i]];
    for (long f = 0; f < count; f++) masks[features[f]] |= (uint64_t)1 << i;
  }
}

/// One row of the gradient stays in registers while the samples of a mask pass.
INLINE void masked_block(uint64_t mask, const float *d, float *g, long n, bool begins, const int vectors) {
  lanes sums[8];
  UNROLL for (int v = 0; v < vectors; v++) sums[v] = begins ? (lanes){0} : LANES(g + v * width);
  for (; mask; mask &= mask - 1) {
    const float *deltas = d + __builtin_ctzll(mask) * n;
    UNROLL for (int v = 0; v < vectors; v++) sums[v] += CONST_LANES(deltas + v * width);
  }
  UNROLL for (int v = 0; v < vectors; v++) LANES(g + v * width) = sums[v];
}

WIDE void kernels_sparse_gradient(
    const uint64_t *masks, const float *d, float *g, long m, long k, long n, long first, long end) {
  for (long i = 0; i < m; i += 64, masks += k, d += 64 * n)
    for (long p = 0; p < k; p++) {
      if (!masks[p] && i > 0) continue;
      long j = first;
      for (; j + 4 * width <= end; j += 4 * width) masked_block(masks[p], d + j, g + p * n + j, n, i == 0, 4);
      for (; j < end; j += width) masked_block(masks[p], d + j, g + p * n + j, n, i == 0, 1);
    }
}

WIDE void kernels_transpose(const float *w, float *t, long rows, long columns) {
  for (long block = 0; block < rows; block += width) {
    const long end = rows - block < width ? rows : block + width;
    for (long j = 0; j < columns; j++)
      for (long i = block; i < end; i++) t[j * rows + i] = w[i * columns + j];
  }
}

WIDE void kernels_adam(
    float *parameters, const float *gradient, float *mean, float *square, long count, float scale, float rate,
    float correction, float beta1, float beta2, float epsilon) {
  long i = 0;
  for (; i + width <= count; i += width) {
    const lanes slope = CONST_LANES(gradient + i) * scale;
    const lanes m = beta1 * CONST_LANES(mean + i) + (1 - beta1) * slope;
    const lanes s = beta2 * CONST_LANES(square + i) + (1 - beta2) * slope * slope;
    LANES(mean + i) = m;
    LANES(square + i) = s;
    LANES(parameters + i) -= rate * m / (__builtin_elementwise_sqrt(s) * correction + epsilon);
  }
  if (i < count)
    kernels_adam_naive(
        parameters + i, gradient + i, mean + i, square + i, count - i, scale, rate, correction, beta1, beta2, epsilon);
}

double kernels_sum_of_squares(const float *x, long count) {
  double sums[16] = {0}, total = 0;
  for (long i = 0; i < count; i++) sums[i % 16] += (double)x[i] * x[i];
  for (int i = 0; i < 16; i++) total += sums[i];
  return total;
}
