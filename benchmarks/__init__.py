"""What the program's speed is, shown as tables; nothing here is a test."""
