"""組立て. Settings, urls, server: where the rooms are put together. Nobody imports it; it is started as a process."""
