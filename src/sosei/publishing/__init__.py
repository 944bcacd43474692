"""公表. One report, every form."""
