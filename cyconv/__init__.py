"""Convolution three ways."""
