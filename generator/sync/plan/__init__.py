"""What another system should hold of a postmortem, and the changes that lead there: values in, values out."""
