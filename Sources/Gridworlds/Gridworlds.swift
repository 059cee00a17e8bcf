// Gridworlds
