"""Reusable pieces that know nothing of the app."""
