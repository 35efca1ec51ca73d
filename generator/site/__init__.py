"""The site: pages as values, and the build that turns them into finished HTML."""
