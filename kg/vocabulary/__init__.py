"""The words: namespaces and IRIs, schemes, reference data, and where the shipped files are."""
