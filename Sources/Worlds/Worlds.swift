// Worlds
