"""How well search finds what questions in everyday words ask for."""
