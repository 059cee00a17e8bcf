#include "CKernels.h"

void kernels_dense_naive(
    const float *x, const float *w, const float *bias, float *y, long m, long k, long n, bool rectify) {
  for (long i = 0; i < m; i++)
    for (long j = 0; j < n; j++) {
      float sum = bias[j];
      for (long p = 0; p < k; p++) sum += x[i * k + p] * w[p * n + j];
      y[i * n + j] = rectify && !(sum > 0) ? 0 : sum;
    }
}

void kernels_dense_gated_naive(const float *x, const float *w, const float *gate, float *y, long m, long k, long n) {
  for (long i = 0; i < m; i++)
    for (long j = 0; j < n; j++) {
      float sum = 0;
      for (long p = 0; p < k; p++) sum += x[i * k + p] * w[p * n + j];
      y[i * n + j] = gate[i * n + j] > 0 ? sum : 0;
    }
}

void kernels_weight_gradient_naive(
    const float *x, const float *d, float *g, long m, long k, long n, long first, long end) {
  for (long p = first; p < end; p++)
    for (long j = 0; j < n; j++) {
      float sum = 0;
      for (long i = 0; i < m; i++) sum += x[i * k + p] * d[i * n + j];
      g[p * n + j] = sum;
    }
}

void kernels_bias_gradient_naive(const float *d, float *g, long m, long n) {
  for (long j = 0; j < n; j++) {
    float sum = 0;
    for (long i = 0; i < m; i++) sum += d[i * n + j];
    g[j] = sum;
  }
}

void kernels_sparse_naive(
    kernels_sparse_rows rows, const float *w, const float *bias, float *y, long m, long n, bool rectify) {
  for (long i = 0; i < m; i++)
    for (long j = 0; j < n; j++) {
      long sample = rows.samples[i];
      float sum = bias[j];
      for (long f = 0; f < rows.counts[sample]; f++) sum += w[rows.features[sample * rows.stride + f] * n + j];
      y[i * n + j] = rectify && !(sum > 0) ? 0 : sum;
    }
}

void kernels_sparse_gradient_naive(kernels_sparse_rows rows, const float *d, float *g, long m, long k, long n) {
  for (long i = 0; i < k * n; i++) g[i] = 0;
  for (long i = 0; i < m; i++) {
    long sample = rows.samples[i];
    for (long f = 0; f < rows.counts[sample]; f++)
      for (long j = 0; j < n; j++) g[rows.features[sample * rows.stride + f] * n + j] += d[i * n + j];
  }
}

void kernels_adam_naive(
    float *parameters, const float *gradient, float *mean, float *square, long count, float scale, float rate,
    float correction, float beta1, float beta2, float epsilon) {
  for (long i = 0; i < count; i++) {
    float slope = gradient[i] * scale;
    mean[i] = beta1 * mean[i] + (1 - beta1) * slope;
    square[i] = beta2 * square[i] + (1 - beta2) * slope * slope;
    parameters[i] -= rate * mean[i] / (__builtin_elementwise_sqrt(square[i]) * correction + epsilon);
  }
}
