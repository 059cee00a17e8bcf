/// The arithmetic of the networks: a page of C beside its naive references.
///
/// Matrices are row-major float32. `n`, the columns of a result, is a multiple of 16: the caller pads with zeros.
/// Every element is summed in one fixed order, sample by sample or input by input, whatever the width of the vectors
/// and however the caller divides rows or columns among threads; so results have the same bytes for any number of
/// threads.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stdint.h>

/// Rows of indices of the inputs that are 1, each at most once: sample `i` has `counts[samples[i]]` of them from
/// `features + samples[i] * stride` on.
typedef struct {
  const uint16_t *features;
  const int32_t *counts;
  const int32_t *samples;
  long stride;
} kernels_sparse_rows;

/// y[m][n] = x[m][k] · w[k][n] + bias[n]; with `rectify` negative results become 0.
void kernels_dense(const float *x, const float *w, const float *bias, float *y, long m, long k, long n, bool rectify);
/// y[m][n] = x[m][k] · w[k][n] where gate[m][n] > 0, else 0: the gradient through a rectified layer, `w` transposed.
void kernels_dense_gated(const float *x, const float *w, const float *gate, float *y, long m, long k, long n);
/// g[k][n] = Σ over samples of x[m][k] d[m][n], for the rows `first..<end` of g.
void kernels_weight_gradient(
    const float *x, const float *d, float *g, long m, long k, long n, long first, long end);
/// g[n] = Σ over samples of d[m][n].
void kernels_bias_gradient(const float *d, float *g, long m, long n);
/// y[m][n] = bias[n] + the sum of the rows of w that the set inputs name, negative results 0 with `rectify`.
void kernels_sparse(
    kernels_sparse_rows rows, const float *w, const float *bias, float *y, long m, long n, bool rectify);
/// Bit `i` of masks[f] says whether feature f, of k, is set in the `i`-th of m samples, at most 64.
void kernels_sparse_masks(kernels_sparse_rows rows, uint64_t *masks, long m, long k);
/// g[k][n] = the sum of the d[m][n] of the samples in which an input is set, in the columns `first..<end` (multiples
/// of 16); `masks` has k numbers for each 64 samples.
void kernels_sparse_gradient(
    const uint64_t *masks, const float *d, float *g, long m, long k, long n, long first, long end);
/// t[columns][rows] = the transpose of w[rows][columns].
void kernels_transpose(const float *w, float *t, long rows, long columns);
/// One step of Adam (Kingma and Ba 2015) over `count` parameters, the gradient multiplied by `scale` first.
/// `rate` is the learning rate over 1 − β₁ᵗ; `correction` is 1 / √(1 − β₂ᵗ).
void kernels_adam(
    float *parameters, const float *gradient, float *mean, float *square, long count, float scale, float rate,
    float correction, float beta1, float beta2, float epsilon);
/// The sum of squares, in sixteen interleaved sums of double precision.
double kernels_sum_of_squares(const float *x, long count);
/// y[m][actions] = the logarithm of the softmax of x's rows, which lie `stride` apart.
void kernels_log_softmax(const float *x, long stride, float *y, long m, long actions);
/// eˣ to 2 units in the last place, the same bytes everywhere: no library has a say. Clamped to ±87.
float kernels_exp(float x);
/// The natural logarithm of a positive normal number, the same bytes everywhere.
float kernels_log(float x);

/// The plain twins, which the tests compare with.
void kernels_dense_naive(
    const float *x, const float *w, const float *bias, float *y, long m, long k, long n, bool rectify);
void kernels_dense_gated_naive(const float *x, const float *w, const float *gate, float *y, long m, long k, long n);
void kernels_weight_gradient_naive(
    const float *x, const float *d, float *g, long m, long k, long n, long first, long end);
void kernels_bias_gradient_naive(const float *d, float *g, long m, long n);
void kernels_sparse_naive(
    kernels_sparse_rows rows, const float *w, const float *bias, float *y, long m, long n, bool rectify);
void kernels_sparse_gradient_naive(kernels_sparse_rows rows, const float *d, float *g, long m, long k, long n);
void kernels_adam_naive(
    float *parameters, const float *gradient, float *mean, float *square, long count, float scale, float rate,
    float correction, float beta1, float beta2, float epsilon);

#endif
