"""Review of drafts: a person decides on each claim, and every decision is kept."""
