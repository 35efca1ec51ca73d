"""What payloads of several tools have in common: alerts, evidence, prose and repetitions found in them."""
