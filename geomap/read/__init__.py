"""Files and texts become documents."""
