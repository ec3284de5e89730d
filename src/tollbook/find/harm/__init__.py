"""How many people were harmed: words of harm, the numbers beside them, the victims they name."""
