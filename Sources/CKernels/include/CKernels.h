void kernels_placeholder(void);
