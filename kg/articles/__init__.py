"""Articles as immutable text: bytes, digest, and code points that offsets count."""
