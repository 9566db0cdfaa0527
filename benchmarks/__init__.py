"""Measurements of the whole product beside its peers; see README.md for how to run them."""
