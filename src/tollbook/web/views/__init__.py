"""One small module a screen: ask, choose a template, answer."""
