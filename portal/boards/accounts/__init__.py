"""Changing somebody's account, which takes an administrator of every board of theirs."""
