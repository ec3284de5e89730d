"""The text as the rules see it: passages, parsed sentences, numbers, noun phrases, quotations."""
