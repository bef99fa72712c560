"""Train the tagger `best`: a small transformer made from an openly licensed sentence encoder."""
