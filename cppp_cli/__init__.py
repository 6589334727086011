"""The desk companion of a Family Court Adviser who runs the Positive co-Parenting Programme."""

__version__ = "0.1.0"  # a literal: importlib.metadata would cost 40 ms at every start
