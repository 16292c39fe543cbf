"""What somebody has learned, with its proof."""
