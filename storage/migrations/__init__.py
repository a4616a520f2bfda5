"""The steps by which the tables came about, a line for each database; the way back is a backup."""
