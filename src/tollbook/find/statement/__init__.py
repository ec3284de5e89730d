"""What the parties say without a number."""
