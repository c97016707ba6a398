"""The graph in files and, later, in other triple stores."""
