"""The ontology itself: loaded as classes, reasoned over, checked for style and undeclared terms."""
