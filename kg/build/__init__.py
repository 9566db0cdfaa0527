"""The build: from files to the whole graph, the search index and the downloads."""
