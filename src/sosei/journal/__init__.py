"""証跡. An append-only record of every act, one keyed chain for each body, and the past of every row."""
