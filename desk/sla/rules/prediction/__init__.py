"""Will a promise be broken? What became of those like it, and how good such a forecast has been."""
