"""From incident to draft: sources read, incidents merged, one document written; values in, text out."""
