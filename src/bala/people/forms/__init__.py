"""What a person types, by subject."""
