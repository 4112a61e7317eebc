"""Workbooks that differ in what their cells hold alone: one is written, the others are made of it."""
