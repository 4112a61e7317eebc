"""Points and what they amount to: classes, ranks, groups, and what is still missing."""
