"""The console: designs, issuing, lists."""
