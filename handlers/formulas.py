"""What a spreadsheet would take for a formula, in whatever file it comes."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""The beginnings, unless a quote stands before them."""
