#include "CKernels.h"

#include <string.h>

// Fused and separate multiply-adds round differently; these few operations are never fused, so that they agree
// everywhere.
#pragma STDC FP_CONTRACT OFF

float kernels_exp(float x) {
  x = x < -87 ? -87 : x > 87 ? 87 : x;
  // x = n ln 2 + r with |r| ≤ ln 2 / 2; adding and taking away 1.5 · 2²³ rounds to a whole number.
  const float magic = 12582912.0f;
  const float n = (x * 1.44269504f + magic) - magic;
  const float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  // The minimax polynomial of Cephes (Moshier 1989), expf.
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1;
  const int32_t bits = ((int32_t)n + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

float kernels_log(float x) {
  int32_t bits;
  memcpy(&bits, &x, sizeof bits);
  int32_t exponent = (bits >> 23) - 126;
  bits = (bits & 0x007FFFFF) | 0x3F000000;
  float m;
  memcpy(&m, &bits, sizeof m);
  if (m < 0.707106781f) {
    exponent -= 1;
    m += m;
  }
  m -= 1;
  // Cephes, logf.
  float p = 7.0376836292e-2f;
  p = p * m - 1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m - 1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  const float square = m * m;
  const float e = (float)exponent;
  return m + (p * m * square + e * -2.12194440e-4f - 0.5f * square) + e * 0.693359375f;
}

void kernels_log_softmax(const float *x, long stride, float *y, long m, long actions) {
  for (long i = 0; i < m; i++) {
    const float *row = x + i * stride;
    float largest = row[0], sum = 0;
    for (long a = 1; a < actions; a++) largest = row[a] > largest ? row[a] : largest;
    for (long a = 0; a < actions; a++) sum += kernels_exp(row[a] - largest);
    const float normalizer = largest + kernels_log(sum);
    for (long a = 0; a < actions; a++) y[i * actions + a] = row[a] - normalizer;
  }
}
