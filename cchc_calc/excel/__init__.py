"""Excel workbooks: read with care, written, and bound to the functions of this library."""
