"""The desk companion of a Family Court Adviser who runs the Positive co-Parenting Programme."""

__version__ = "0.4.0"
