"""Assessment -> eligible services. Pure: no clock, no disk, no network; nothing about a person is kept or logged."""
