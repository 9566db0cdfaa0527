"""The knowledge graph of the System Leadership Case Explorer: check it, build it, ask it."""

__all__: list[str] = []
