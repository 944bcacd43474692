"""Permissions for `rules`, which finds this module by its name when the apps are ready."""

from sosei.offices.permissions import register

register()
