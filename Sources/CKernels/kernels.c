#include "CKernels.h"
void kernels_placeholder(void) {}
