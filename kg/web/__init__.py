"""What the explorer answers to other programs over HTTP, as plain Starlette routes."""
