"""The verbs: one method for each thing a person or the clock may ask for."""
