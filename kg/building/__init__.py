"""Files to store: what changed since the last build, judged and loaded all or nothing."""
