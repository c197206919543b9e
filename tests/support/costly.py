"""How often a property is tried of which each try costs more than a moment."""

from hypothesis import settings

COSTLY = settings(max_examples=settings().max_examples // 2)
"""Half as often as others; the profile says how often that is."""
