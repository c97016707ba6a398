"""From an article to a draft record, by rules and reference data: every claim is a span of text."""
