"""Who stands behind a claim across sentences: turns, quotations, experts, antecedents."""
