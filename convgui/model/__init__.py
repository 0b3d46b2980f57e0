"""What the app knows and does without a window; nothing here imports Qt."""
