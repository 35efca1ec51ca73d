"""What an archive is set to, as values; `load` reads them from files and from the environment."""
