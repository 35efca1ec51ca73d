"""A new archive, its example, and the doctor that tries every setting."""
