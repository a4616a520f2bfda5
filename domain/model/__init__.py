"""The nouns, as plain frozen values with the rules that belong to one of them."""
