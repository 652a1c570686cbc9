"""Reading of files: each format into one neutral sequence of paragraphs and table rows."""
