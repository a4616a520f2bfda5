"""Answers for words that are read aloud: numbers, dates and short forms as one says them."""
