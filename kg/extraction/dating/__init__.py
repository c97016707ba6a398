"""Dates as EDTF, from the words that tell them and the day of publication."""
