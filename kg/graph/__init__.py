"""The graph as files and terms: Turtle read and written, the one converter to the engine, and the content."""
