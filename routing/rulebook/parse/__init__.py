"""The files of a rules folder read into facts, pathways, conditions and rules."""
