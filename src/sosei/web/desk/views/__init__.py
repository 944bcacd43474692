"""机の画面. One module for each part of the desk."""
