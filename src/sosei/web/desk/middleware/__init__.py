"""通り道. What every request passes on its way to a page of the desk."""
