"""Teams (组队): probabilities fixed before the seed, one assignment drawn from them after it."""
