"""Words: catalogues, starter bulletins and unit lists; knows none of the other rooms."""
