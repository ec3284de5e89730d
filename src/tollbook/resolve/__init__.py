"""resolve: what the words stand for: days, places, parties, people."""
