"""One rule a file; each holds RULE and nothing that others need. Values in, findings out."""
