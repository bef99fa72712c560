"""The atlas becomes pages, pictures and tables."""
