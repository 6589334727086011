"""Asking: the loop, where an answer came from, and the three ways in (terminal, plain, scripted)."""
