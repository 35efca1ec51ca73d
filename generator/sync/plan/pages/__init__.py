"""Which page a postmortem shall have in Confluence, and the changes that lead there: values in, values out."""
