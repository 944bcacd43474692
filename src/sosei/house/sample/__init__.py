"""見本市. A fictional city whose book shows what the desk does: made through the same actions as any office's."""
