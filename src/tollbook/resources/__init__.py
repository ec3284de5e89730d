"""Heavy things, loaded once and lazily, and handed to the stages that need them."""
