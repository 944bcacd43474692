"""読取り. Documents of any layout to `Report`: formats turn bytes into grids, layouts turn grids into reports."""
