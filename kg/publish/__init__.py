"""The collection as others take it: JSON-LD, serialisations, its description as a data set, and downloads."""
