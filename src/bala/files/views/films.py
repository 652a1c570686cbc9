"""What a page needs that shows long films."""

from csp.decorators import csp_update

#: For views of pages with `{% film %}`: hls.js hands its pieces to the player as a blob. Without it
#: such a page plays the whole film instead.
plays_films = csp_update({"media-src": ["'self'", "blob:"]})
