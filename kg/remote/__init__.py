"""Triple stores over HTTP: what each can do, how it is reached, and a client that trusts little."""
