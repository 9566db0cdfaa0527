"""Files on disk: read and written with care, and temporary folders."""
