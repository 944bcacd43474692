"""命令. Commands: thin, no logic of their own."""
