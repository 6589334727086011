"""Signatures: what was typed in, a call, what is shown. One module per command or group."""
