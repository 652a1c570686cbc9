"""Number formats where Django knows none for a language of ours."""
