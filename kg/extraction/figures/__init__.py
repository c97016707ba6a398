"""Figures as intervals: what the words give and nothing more."""
