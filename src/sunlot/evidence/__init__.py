"""What outlives everybody's memory: the bag of a draw, its verification, and the disc it is burned on."""
